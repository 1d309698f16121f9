/** The contract suite of the room store: implement {@link io.webchat.core.contract.rooms.RoomStoreContract} to run it. */
@NullMarked
package io.webchat.core.contract.rooms;

import org.jspecify.annotations.NullMarked;
