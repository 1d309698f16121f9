package io.webchat.core.spi.calllog;

import io.webchat.core.calllog.MessagePosition;
import io.webchat.core.spi.support.LateMessages;
import org.jspecify.annotations.Nullable;

/**
 * A range of messages of a conversation: the messages between two positions, both excluded.
 *
 * @param after the position behind which the range begins; null for the beginning of the conversation
 * @param before the position before which the range ends; null for the end of the conversation
 * @param oldestFirst whether the oldest messages come first; otherwise the newest
 * @param limit the largest number of messages
 */
public record HistoryRange(
        @Nullable MessagePosition after, @Nullable MessagePosition before, boolean oldestFirst, int limit) {
    /** Returns the range of the newest messages, newest first. */
    public static HistoryRange newest(int limit) {
        return new HistoryRange(null, null, false, limit);
    }

    /** Returns the range before this position, newest first. */
    public static HistoryRange before(@Nullable MessagePosition position, int limit) {
        return new HistoryRange(null, position, false, limit);
    }

    /**
     * Returns the range for a reader who catches up, newest first. It begins {@link LateMessages#MAX_DELAY} before the
     * newest message that the reader knows, because messages of that stretch may have been recorded since. So it
     * repeats messages and misses none.
     */
    public static HistoryRange catchUp(@Nullable MessagePosition newest, @Nullable MessagePosition before, int limit) {
        return new HistoryRange(newest == null ? null : LateMessages.settledBefore(newest), before, false, limit);
    }

    /** Whether the range cannot contain a message. */
    public boolean isEmpty() {
        return after != null && before != null && before.compareTo(after) <= 0;
    }
}
