package io.webchat.core.calllog;

import io.webchat.core.ids.ConversationId;
import java.util.Comparator;

/**
 * The position of a conversation in a user's list: by the time of its latest message, then by its id.
 *
 * @param lastAt the time when the latest message was stored, Unix milliseconds
 * @param id the conversation
 */
public record ConversationPosition(long lastAt, ConversationId id) implements Comparable<ConversationPosition> {
    private static final Comparator<ConversationPosition> ORDER = Comparator.comparingLong(ConversationPosition::lastAt)
            .thenComparing(position -> position.id().value());

    /** Compares by time: the conversation with the older latest message is smaller. */
    @Override
    public int compareTo(ConversationPosition other) {
        return ORDER.compare(this, other);
    }
}
