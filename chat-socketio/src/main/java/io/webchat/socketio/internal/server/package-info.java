/** The listening socket, and the pipeline that it builds for each connection out of HTTP, Engine.IO and Socket.IO. */
@NullMarked
package io.webchat.socketio.internal.server;

import org.jspecify.annotations.NullMarked;
