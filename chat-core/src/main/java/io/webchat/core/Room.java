package io.webchat.core;

import java.util.List;
import java.util.Optional;

/**
 * A named set of users who talk to each other.
 *
 * @param id the room's id
 * @param name the display name
 * @param open whether any user who knows the id may join; otherwise an owner must add them
 * @param createdAt the time of creation, Unix milliseconds
 * @param members the members, ordered by user id
 */
public record Room(RoomId id, String name, boolean open, long createdAt, List<RoomMember> members) {
    /** Copies the list. */
    public Room {
        members = List.copyOf(members);
    }

    /** Returns the member with this user id. */
    public Optional<RoomMember> member(UserId user) {
        return members.stream().filter(each -> each.user().equals(user)).findFirst();
    }
}
