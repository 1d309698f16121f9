/** The contract suite of the room store, {@link io.webchat.core.contract.rooms.RoomStoreContract}, and its parts. */
@NullMarked
package io.webchat.core.contract.rooms;

import org.jspecify.annotations.NullMarked;
