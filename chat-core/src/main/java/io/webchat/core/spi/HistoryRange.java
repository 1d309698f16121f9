package io.webchat.core.spi;

import io.webchat.core.MessagePosition;
import org.jspecify.annotations.Nullable;

/**
 * Which messages of a conversation are asked for: those between two places, neither of which is one of them.
 *
 * @param after the place behind which they stand, null for the beginning
 * @param before the place before which they stand, null for the end
 * @param oldestFirst in which direction to go; it decides at which end the limit cuts
 * @param limit how many at most
 */
public record HistoryRange(
        @Nullable MessagePosition after, @Nullable MessagePosition before, boolean oldestFirst, int limit) {
    /** The newest ones, newest first. */
    public static HistoryRange newest(int limit) {
        return new HistoryRange(null, null, false, limit);
    }

    /** Those before this place, newest first. */
    public static HistoryRange before(@Nullable MessagePosition place, int limit) {
        return new HistoryRange(null, place, false, limit);
    }

    /** Whether nothing can lie between. */
    public boolean isEmpty() {
        return after != null && before != null && before.compareTo(after) <= 0;
    }
}
