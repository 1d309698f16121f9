/**
 * Rooms, their members and their roles. Users act through {@link io.webchat.core.rooms.Rooms}, and the application
 * through {@link io.webchat.core.rooms.HostRooms}.
 */
@NullMarked
package io.webchat.core.rooms;

import org.jspecify.annotations.NullMarked;
