/**
 * HTTP on Netty: request bodies, pipelining, origins and routes.
 *
 * <p>{@code HttpLayer} adds the handlers to a connection. The routes are written against {@code
 * io.webchat.socketio.http}.
 */
@NullMarked
package io.webchat.socketio.internal.http;

import org.jspecify.annotations.NullMarked;
