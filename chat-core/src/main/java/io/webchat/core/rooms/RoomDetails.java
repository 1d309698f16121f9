package io.webchat.core.rooms;

import io.webchat.core.events.Json;

/**
 * The details of a room that its members see and its owners change.
 *
 * @param name the display name
 * @param picture the address of a picture; empty for none
 * @param data values of the application, passed on as they came; {@code {}} for none
 * @param joinRole the role of users who join or accept an invitation, {@code MEMBER} or {@code READER}
 */
public record RoomDetails(String name, String picture, Json data, RoomRole joinRole) {
    /** The data of a room without data. */
    public static final Json NO_DATA = Json.parse("{}");

    /** The details of a new room with this name. */
    public static RoomDetails named(String name) {
        return new RoomDetails(name, "", NO_DATA, RoomRole.MEMBER);
    }

    /** Returns the details after this update. */
    public RoomDetails with(RoomUpdate update) {
        return new RoomDetails(
                update.name() == null ? name : update.name(),
                update.picture() == null ? picture : update.picture(),
                update.data() == null ? data : update.data(),
                update.joinRole() == null ? joinRole : update.joinRole());
    }
}
