/**
 * The Socket.IO transport: chat sessions, REST and static files on one port.
 *
 * <p>{@code SocketIoServer} is the way in. Here is also what binds a connection to its chat session, {@code
 * ChatHandler} foremost. The sockets are in {@code io.webchat.socketio.transport}, which knows nothing of chat, and is
 * no API; HTTP routes are written against {@code io.webchat.socketio.http}.
 */
@NullMarked
package io.webchat.socketio;

import org.jspecify.annotations.NullMarked;
