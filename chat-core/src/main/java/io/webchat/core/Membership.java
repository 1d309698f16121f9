package io.webchat.core;

/**
 * A room in the list of one of its members.
 *
 * @param room the room's id
 * @param name the display name of the room
 * @param role the permissions of the member
 * @param joinedAt the time when the user became a member, Unix milliseconds
 * @param addedBy the owner who added the user; the user's own id if the user joined by their own will
 */
public record Membership(RoomId room, String name, RoomRole role, long joinedAt, UserId addedBy) {
    /** The room in the list of this member. */
    public static Membership of(Room room, RoomMember member) {
        return new Membership(room.id(), room.name(), member.role(), member.joinedAt(), member.addedBy());
    }
}
