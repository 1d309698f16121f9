/**
 * Serves a chat to Socket.IO clients, with REST, HTTP routes and static files on the same port.
 *
 * <p>{@link io.webchat.socketio.SocketIoServer} is the entry point. HTTP routes are written against {@code
 * io.webchat.socketio.http}. The packages {@code io.webchat.socketio.internal} are not API. From top to bottom:
 *
 * <ul>
 *   <li>{@code internal.chat} binds a Socket.IO connection to a chat session;
 *   <li>{@code internal.server} listens, and builds the pipeline of each connection;
 *   <li>{@code internal.socketio} speaks Socket.IO on an Engine.IO session;
 *   <li>{@code internal.engineio} speaks Engine.IO over polling and websocket;
 *   <li>{@code internal.http} speaks HTTP;
 *   <li>{@code internal.rest} holds the operations of the REST API.
 * </ul>
 */
@NullMarked
package io.webchat.socketio;

import org.jspecify.annotations.NullMarked;
