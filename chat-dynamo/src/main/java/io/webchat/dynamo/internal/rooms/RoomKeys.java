package io.webchat.dynamo.internal.rooms;

import io.webchat.core.RoomId;
import io.webchat.core.UserId;

/** The keys of rooms and their members. */
final class RoomKeys {
    static final String ROOMS = "R#";
    static final String MEMBERS = "U#";
    static final String META = "META";

    private RoomKeys() {}

    /** The partition of a room, and the sort key of a membership in a user's partition. */
    static String room(RoomId room) {
        return ROOMS + room.value();
    }

    /** The sort key of a member in a room's partition. */
    static String member(UserId user) {
        return MEMBERS + user.value();
    }
}
