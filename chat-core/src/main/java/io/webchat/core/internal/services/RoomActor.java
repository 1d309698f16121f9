package io.webchat.core.internal.services;

import io.webchat.core.ids.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Who changes a room.
 *
 * @param user the user; for the application, the owner in whose name it acts
 * @param application whether it is the application
 */
record RoomActor(UserId user, boolean application) {
    static RoomActor of(UserId user) {
        return new RoomActor(user, false);
    }

    static RoomActor application(UserId owner) {
        return new RoomActor(owner, true);
    }

    /** The user; null for the application. */
    @Nullable
    UserId by() {
        return application ? null : user;
    }
}
