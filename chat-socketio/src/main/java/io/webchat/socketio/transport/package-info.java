/**
 * The socket layer: Socket.IO and HTTP on one port, with no knowledge of chat. Not API: public is what the chat binding
 * in {@code io.webchat.socketio} needs, and it may change in every version.
 *
 * <p>{@code Transport} is the whole of it. Its parts, from the wire upwards: the netty-socketio library does Engine.IO
 * (handshake, polling, upgrade, heartbeat); in front of it {@code EngineRequests} lets only proper HTTP requests pass
 * and {@code PacketGate} only proper packets; {@code Session} speaks Socket.IO; a {@code SocketHandler} is the layer
 * above.
 */
@NullMarked
package io.webchat.socketio.transport;

import org.jspecify.annotations.NullMarked;
