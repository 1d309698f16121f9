package io.webchat.core.spi.support;

import io.webchat.core.ids.UserId;
import java.util.Set;

/**
 * Tells which messages of others a reader of a conversation may have unread.
 *
 * @param room whether it is a room, in which system messages do not count
 * @param joinedAt the time of joining the room, Unix milliseconds; 0 for a 1:1 conversation
 * @param blocked the authors whose messages do not count
 */
public record UnreadRule(boolean room, long joinedAt, Set<UserId> blocked) {
    /** The rule of 1:1 conversations: everything counts. */
    public static final UnreadRule DIRECT = new UnreadRule(false, 0, Set.of());

    /** Copies the set. */
    public UnreadRule {
        blocked = Set.copyOf(blocked);
    }

    /** The rule of a room for a member who joined it at this time, Unix milliseconds. */
    public static UnreadRule inRoom(long joinedAt, Set<UserId> blocked) {
        return new UnreadRule(true, joinedAt, blocked);
    }

    /**
     * Whether a message counts.
     *
     * @param author its author, who is not the reader
     * @param system whether it is about a change of the room
     */
    public boolean counts(UserId author, boolean system) {
        return !(room && system) && !blocked.contains(author);
    }
}
