/**
 * Plain HTTP beside the chat: requests, responses, handlers and static files, without a type of the server underneath.
 *
 * <p>A {@link io.webchat.socketio.http.HttpHandler} is registered with {@code SocketIoServer.Builder.route} and
 * answers on the port that also carries Socket.IO.
 */
@NullMarked
package io.webchat.socketio.http;

import org.jspecify.annotations.NullMarked;
