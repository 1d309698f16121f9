package io.webchat.core.internal.delivery;

import io.webchat.core.events.EventKind;
import io.webchat.core.ids.RoomId;
import io.webchat.core.internal.backend.MessageKey;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The messages that one session confirmed most recently. A display receipt often comes after the confirmation; this
 * memory saves a query to the call log. Only the session's mailbox may use it.
 */
final class RecentMessages {
    /**
     * A confirmed message.
     *
     * @param room the room of the message, null in a 1:1 chat
     * @param loggedAt the message's time in the call log, Unix milliseconds
     * @param receipt the highest receipt so far
     */
    record Confirmed(@Nullable RoomId room, long loggedAt, EventKind receipt) {}

    private final Map<MessageKey, Confirmed> messages;

    /** An empty memory that forgets the oldest message when it holds more than {@code size}. */
    RecentMessages(int size) {
        messages = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<MessageKey, Confirmed> eldest) {
                return size() > size;
            }
        };
    }

    @Nullable
    Confirmed find(MessageKey key) {
        return messages.get(key);
    }

    /** Remembers the message; a display receipt is never replaced by a delivery receipt. */
    void add(MessageKey key, Confirmed confirmed) {
        messages.merge(key, confirmed, (old, now) -> old.receipt() == EventKind.DISPLAY ? old : now);
    }
}
