package io.webchat.core.spi.rooms;

import io.webchat.core.ids.RoomId;
import io.webchat.core.rooms.RoomUpdate;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** An ability of a {@link RoomStore}: it can update the details of rooms. A chat whose store lacks it refuses to. */
public interface RoomDetailsStore {
    /**
     * Gives the room other details, in one atomic step. Afterwards {@link RoomStore#load} returns them, and {@link
     * RoomStore#roomsOf} of each member the name and the picture. After a failure some lists may have the old ones;
     * repeating the call completes it.
     *
     * @param update the update; the caller has checked its form
     * @param note stored in the same step if that changed anything; null for none
     * @return whether that changed anything; fails with {@code not_found} when the room does not exist
     */
    CompletionStage<Boolean> update(RoomId room, RoomUpdate update, @Nullable RoomNote note);
}
