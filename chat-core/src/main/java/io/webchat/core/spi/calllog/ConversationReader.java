package io.webchat.core.spi.calllog;

import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.Membership;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * A user who reads their list of conversations.
 *
 * @param user the user
 * @param rooms the user's rooms
 * @param blocked the users whose messages in rooms do not count as unread
 */
public record ConversationReader(UserId user, List<Membership> rooms, Set<UserId> blocked) {
    /** Copies the collections. */
    public ConversationReader {
        rooms = List.copyOf(rooms);
        blocked = Set.copyOf(blocked);
    }

    /** A reader who has blocked nobody. */
    public static ConversationReader of(UserId user, Collection<Membership> rooms) {
        return new ConversationReader(user, List.copyOf(rooms), Set.of());
    }
}
