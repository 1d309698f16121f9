/** Engine.IO packets: parsing those of clients, and encoding those of the server. */
@NullMarked
package io.webchat.socketio.internal.engineio.packet;

import org.jspecify.annotations.NullMarked;
