package io.webchat.dynamo.internal.rooms;

import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;

/** The keys of rooms, of their members, and of the rooms that a user must agree to join. */
final class RoomKeys {
    static final String ROOMS = "R#";
    static final String MEMBERS = "U#";
    static final String META = "META";
    static final String NOTES = "N#";
    static final String CONSENTS = "K#";
    static final String POLICY = CONSENTS + "POLICY";
    static final String CONSENT_ROOMS = CONSENTS + "R#";

    private RoomKeys() {}

    /** The partition of a room, and the sort key of a membership in a user's partition. */
    static String room(RoomId room) {
        return ROOMS + room.value();
    }

    /** The sort key of a member in a room's partition. */
    static String member(UserId user) {
        return MEMBERS + user.value();
    }

    /** The sort key of a note in a room's partition. */
    static String note(String id) {
        return NOTES + id;
    }

    /** The sort key of a room that a user must agree to join, in the user's partition. */
    static String consent(RoomId room) {
        return CONSENT_ROOMS + room.value();
    }
}
