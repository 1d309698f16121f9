package io.webchat.core.rooms;

import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import java.util.List;
import java.util.Optional;

/**
 * A named set of users who talk to each other.
 *
 * @param id the room's id
 * @param details the name and the other details that owners change
 * @param open whether any user who knows the id may join; otherwise an owner must add them
 * @param createdAt the time of creation, Unix milliseconds
 * @param members the members, ordered by user id
 */
public record Room(RoomId id, RoomDetails details, boolean open, long createdAt, List<RoomMember> members) {
    /** Copies the list. */
    public Room {
        members = List.copyOf(members);
    }

    /** Makes a room with a name and no other details. */
    public Room(RoomId id, String name, boolean open, long createdAt, List<RoomMember> members) {
        this(id, RoomDetails.named(name), open, createdAt, members);
    }

    /** The display name. */
    public String name() {
        return details.name();
    }

    /** Returns the same room with other details. */
    public Room with(RoomDetails other) {
        return new Room(id, other, open, createdAt, members);
    }

    /** Returns the same room with other members. */
    public Room with(List<RoomMember> others) {
        return new Room(id, details, open, createdAt, others);
    }

    /** Returns the member with this user id. */
    public Optional<RoomMember> member(UserId user) {
        return members.stream().filter(each -> each.user().equals(user)).findFirst();
    }
}
