package io.webchat.core.memory;

import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.UserId;
import java.util.Set;

/**
 * Tells which messages of a conversation a reader may have unread.
 *
 * @param reader the reader
 * @param joinedAt the time of joining the room, Unix milliseconds; 0 for a 1:1 conversation
 * @param blocked the authors whose messages do not count
 */
record UnreadRule(UserId reader, long joinedAt, Set<UserId> blocked) {
    boolean counts(ChatEvent.Message message) {
        return !message.from().equals(reader)
                && !blocked.contains(message.from())
                && (message.room() == null || !message.content().isSystem());
    }
}
