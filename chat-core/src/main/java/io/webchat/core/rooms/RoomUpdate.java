package io.webchat.core.rooms;

import io.webchat.core.events.Json;
import org.jspecify.annotations.Nullable;

/**
 * New details for a room. A value of null leaves that detail as it is.
 *
 * <pre>{@code
 * rooms.update(alice, den, RoomUpdate.NONE.withName("The den").withPicture("https://example.com/den.png"));
 * }</pre>
 *
 * @param name the display name; see {@link Rooms#MAX_NAME}
 * @param picture the address of a picture, see {@link Rooms#MAX_PICTURE}; an empty string removes it
 * @param data values of the application, see {@link Rooms#MAX_DATA_BYTES}; {@code {}} removes them
 * @param joinRole the role of users who join or accept an invitation afterwards, {@code MEMBER} or {@code READER}
 */
public record RoomUpdate(
        @Nullable String name,
        @Nullable String picture,
        @Nullable Json data,
        @Nullable RoomRole joinRole) {
    /** An update that changes nothing. */
    public static final RoomUpdate NONE = new RoomUpdate(null, null, null, null);

    /** Returns the same update with a name. */
    public RoomUpdate withName(String other) {
        return new RoomUpdate(other, picture, data, joinRole);
    }

    /** Returns the same update with a picture. */
    public RoomUpdate withPicture(String other) {
        return new RoomUpdate(name, other, data, joinRole);
    }

    /** Returns the same update with data. */
    public RoomUpdate withData(Json other) {
        return new RoomUpdate(name, picture, other, joinRole);
    }

    /** Returns the same update with the role of users who join. */
    public RoomUpdate withJoinRole(RoomRole other) {
        return new RoomUpdate(name, picture, data, other);
    }

    /** Whether it changes the name or the picture, which the members have in their lists. */
    public boolean isListed() {
        return name != null || picture != null;
    }
}
