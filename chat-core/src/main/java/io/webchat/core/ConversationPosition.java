package io.webchat.core;

import java.util.Comparator;

/**
 * Where a conversation stands in a user's list: by the time of its latest message, then by its id.
 *
 * @param lastAt when the latest message was stored, Unix milliseconds
 * @param id the conversation
 */
public record ConversationPosition(long lastAt, ConversationId id) implements Comparable<ConversationPosition> {
    private static final Comparator<ConversationPosition> ORDER = Comparator.comparingLong(ConversationPosition::lastAt)
            .thenComparing(position -> position.id().value());

    /** The older one is the smaller one. */
    @Override
    public int compareTo(ConversationPosition other) {
        return ORDER.compare(this, other);
    }
}
