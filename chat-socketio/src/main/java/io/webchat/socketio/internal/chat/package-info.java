/** Binds each Socket.IO connection to a chat session of the engine. */
@NullMarked
package io.webchat.socketio.internal.chat;

import org.jspecify.annotations.NullMarked;
