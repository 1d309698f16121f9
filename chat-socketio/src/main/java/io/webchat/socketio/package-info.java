/**
 * The Socket.IO transport: chat sessions, REST and static files on one port.
 *
 * <p>{@code SocketIoServer} is the way in. The layers below it, from the wire upwards: the netty-socketio library
 * does Engine.IO (handshake, polling, upgrade, heartbeat); in front of it {@code EngineRequests} lets only proper
 * HTTP requests pass and {@code PacketGate} only proper packets; {@code Session} speaks Socket.IO; a {@code
 * SocketHandler} knows chat.
 */
@NullMarked
package io.webchat.socketio;

import org.jspecify.annotations.NullMarked;
