/**
 * Engine.IO sessions over polling and websocket.
 *
 * <ul>
 *   <li>{@code EngineIoRequestHandler} answers the requests to Engine.IO's path: handshakes, polls, POSTs and upgrades.
 *   <li>{@code WebSocketUpgrade} turns a connection into a websocket; {@code WebSocketInputHandler} reads its packets.
 *   <li>{@code EngineIoSession} owns the state of a session. It hands the messages to an
 *       {@code EngineIoMessageHandler}, which the Socket.IO package implements.
 *   <li>{@code OutboundQueue} holds the packets for a client, and writes them to the transport.
 * </ul>
 *
 * <p>{@code EngineIoLayer} adds the handler of requests to a connection.
 */
@NullMarked
package io.webchat.socketio.internal.engineio;

import org.jspecify.annotations.NullMarked;
