package io.webchat.core;

import java.util.List;
import java.util.Optional;

/**
 * A named set of users who converse.
 *
 * @param id its id
 * @param name what people call it
 * @param open whether anyone who knows the id may join; otherwise an owner has to add them
 * @param createdAt when it was created, Unix milliseconds
 * @param members its members, by user id
 */
public record Room(RoomId id, String name, boolean open, long createdAt, List<RoomMember> members) {
    /** Copies the list. */
    public Room {
        members = List.copyOf(members);
    }

    /** The member of this name. */
    public Optional<RoomMember> member(UserId user) {
        return members.stream().filter(each -> each.user().equals(user)).findFirst();
    }
}
