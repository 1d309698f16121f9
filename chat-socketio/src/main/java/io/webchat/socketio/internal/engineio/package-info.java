/**
 * Engine.IO sessions over polling and websocket, on top of netty-socketio.
 *
 * <p>The library does the handshake, the binding of channels and the heartbeat. Strict handlers stand in front of it:
 *
 * <ul>
 *   <li>{@code EngineIoRequestHandler} lets only proper requests pass; {@code PollingRequestHandler} answers the
 *       polling requests of a session, together with {@code PollingResponseWriter}.
 *   <li>{@code WebSocketInputHandler} lets only proper websocket packets pass.
 * </ul>
 *
 * <p>{@code EngineIoLayer} adds the handlers to a connection. An {@code EngineIoSession} hands its messages to an
 * {@code EngineIoMessageHandler}, which the Socket.IO package implements.
 */
@NullMarked
package io.webchat.socketio.internal.engineio;

import org.jspecify.annotations.NullMarked;
