/**
 * The Socket.IO protocol on an Engine.IO session: connect, events, acknowledgements and disconnect.
 *
 * <p>A {@code SocketIoHandler} receives the events of one connection and answers through its {@code
 * SocketIoConnection}.
 */
@NullMarked
package io.webchat.socketio.internal.socketio;

import org.jspecify.annotations.NullMarked;
