package io.webchat.core.rooms;

import io.webchat.core.ids.UserId;

/**
 * A member of a room.
 *
 * @param user the user
 * @param role the permissions of the member
 * @param joinedAt the time when the user became a member, Unix milliseconds
 * @param addedBy the owner who added the user; the user's own id if the user created the room, joined it or accepted an
 *     invitation
 */
public record RoomMember(UserId user, RoomRole role, long joinedAt, UserId addedBy) {
    /** Makes a member who joined by their own will. */
    public RoomMember(UserId user, RoomRole role, long joinedAt) {
        this(user, role, joinedAt, user);
    }
}
