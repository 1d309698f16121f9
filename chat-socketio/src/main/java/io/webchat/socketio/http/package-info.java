/**
 * HTTP routes of the host: requests, responses, handlers and static files. No type of Netty appears here.
 *
 * <p>Register a {@link io.webchat.socketio.http.HttpHandler} with {@code SocketIoServer.Builder.route}. It answers on
 * the same port as Socket.IO.
 */
@NullMarked
package io.webchat.socketio.http;

import org.jspecify.annotations.NullMarked;
