package io.webchat.core.memory;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.LoggedEvent;
import io.webchat.core.ids.UserId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts the bytes of heap that the events of each author take in all queues, against a bound for one author. So nobody
 * fills the queues of everybody. Safe for use by several threads.
 */
final class AuthorBytes {
    private final Map<UserId, Long> held = new ConcurrentHashMap<>();
    private final long max;

    /** Counts against this number of bytes for each author. */
    AuthorBytes(long max) {
        if (max < 1) {
            throw new IllegalArgumentException("maxAuthorBytes must be 1 or more");
        }
        this.max = max;
    }

    /** Returns counts with the same bound and no bytes. */
    AuthorBytes empty() {
        return new AuthorBytes(max);
    }

    /** Returns the user because of whom the event is in a queue; null for an event of a node. */
    static @Nullable UserId of(ChatEvent event) {
        if (event instanceof LoggedEvent logged) {
            return logged.from();
        }
        return event instanceof ChatEvent.Receipt receipt ? receipt.from() : null;
    }

    /** Notes that the events of this author take so many bytes more, or less if negative. */
    void add(@Nullable UserId author, long bytes) {
        if (author != null) {
            held.compute(author, (any, before) -> {
                long sum = (before == null ? 0 : before) + bytes;
                return sum == 0 ? null : sum;
            });
        }
    }

    /**
     * Checks whether the author of a message or an amendment may queue another one. A deletion always may: it takes
     * content away.
     *
     * @throws ChatException {@code queue_full} at the bound
     */
    void check(ChatEvent event) {
        boolean deletion = event instanceof Amendment amendment && amendment.isDeletion();
        if (!deletion && event instanceof LoggedEvent logged && held.getOrDefault(logged.from(), 0L) >= max) {
            throw new ChatException(
                    ErrorCode.QUEUE_FULL,
                    "the queues of this node already hold " + max + " bytes of events from " + logged.from()
                            + ", the limit for one author; recipients have to receive some first");
        }
    }
}
