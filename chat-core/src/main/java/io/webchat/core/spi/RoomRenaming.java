package io.webchat.core.spi;

import io.webchat.core.RoomId;
import java.util.concurrent.CompletionStage;

/** An ability of a {@link RoomStore}: it can rename rooms. A chat whose room store lacks it refuses to. */
public interface RoomRenaming {
    /**
     * Gives the room another name. Afterwards {@link RoomStore#find} returns it, and {@link RoomStore#roomsOf} of each
     * member. After a failure some lists may have the old name; repeating the call completes it.
     *
     * @param name the name; the caller has checked its form
     * @return whether the room exists
     */
    CompletionStage<Boolean> rename(RoomId room, String name);
}
