/**
 * The store of rooms and their members, {@link io.webchat.core.spi.rooms.RoomStore}, and of each user's consent to be
 * added to rooms, {@link io.webchat.core.spi.rooms.RoomConsentStore}.
 */
@NullMarked
package io.webchat.core.spi.rooms;

import org.jspecify.annotations.NullMarked;
