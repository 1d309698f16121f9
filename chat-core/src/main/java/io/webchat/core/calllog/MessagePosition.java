package io.webchat.core.calllog;

import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The position of a message in its conversation: by the time in the call log, then by author and id, which distinguish
 * messages of the same time. Positions are compared as a whole: a time alone is not a position.
 *
 * @param storedAt the time in the call log, Unix milliseconds
 * @param author the author
 * @param id the id that the author chose
 */
public record MessagePosition(long storedAt, UserId author, MessageId id) implements Comparable<MessagePosition> {
    private static final Comparator<MessagePosition> ORDER = Comparator.comparingLong(MessagePosition::storedAt)
            .thenComparing(MessagePosition::author)
            .thenComparing(position -> position.id().value());

    private static final UserId LAST_USER = UserId.of("z" + "|".repeat(127));
    private static final MessageId LAST_ID = MessageId.of("z".repeat(64));

    /** Returns the position behind all messages of this time and before all later ones. */
    public static MessagePosition endOf(long storedAt) {
        return new MessagePosition(storedAt, LAST_USER, LAST_ID);
    }

    /** Returns the later of two positions; null stands before all positions. */
    public static @Nullable MessagePosition later(@Nullable MessagePosition one, @Nullable MessagePosition other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.compareTo(other) >= 0 ? one : other;
    }

    /** Whether this position is behind the other one; every position is behind null. */
    public boolean isBehind(@Nullable MessagePosition other) {
        return other == null || compareTo(other) > 0;
    }

    @Override
    public int compareTo(MessagePosition other) {
        return ORDER.compare(this, other);
    }
}
