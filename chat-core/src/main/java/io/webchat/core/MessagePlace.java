package io.webchat.core;

import java.util.Comparator;

/**
 * Where a message stands in its conversation: by the time stored, then by author and id, which tell apart what has the
 * same time.
 *
 * @param storedAt when the call log says that it was stored, Unix milliseconds
 * @param author who wrote it
 * @param id the author's name for it
 */
public record MessagePlace(long storedAt, UserId author, MessageId id) implements Comparable<MessagePlace> {
    private static final Comparator<MessagePlace> ORDER = Comparator.comparingLong(MessagePlace::storedAt)
            .thenComparing(place -> place.author().value())
            .thenComparing(place -> place.id().value());

    @Override
    public int compareTo(MessagePlace other) {
        return ORDER.compare(this, other);
    }
}
