package io.webchat.core.rooms;

import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;

/**
 * A room in the list of one of its members.
 *
 * @param room the room's id
 * @param name the display name of the room
 * @param picture the address of the room's picture; empty for none
 * @param role the permissions of the member
 * @param joinedAt the time when the user became a member, Unix milliseconds
 * @param addedBy the owner who added the user; the user's own id if the user joined by their own will
 */
public record Membership(RoomId room, String name, String picture, RoomRole role, long joinedAt, UserId addedBy) {
    /** A room without a picture. */
    public Membership(RoomId room, String name, RoomRole role, long joinedAt, UserId addedBy) {
        this(room, name, "", role, joinedAt, addedBy);
    }

    /** The room in the list of this member. */
    public static Membership of(Room room, RoomMember member) {
        return new Membership(
                room.id(), room.name(), room.details().picture(), member.role(), member.joinedAt(), member.addedBy());
    }
}
