package io.webchat.core.internal;

import io.webchat.core.EventKind;
import io.webchat.core.RoomId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The messages that one session confirmed lately, so that the display receipt, which comes when the person
 * looks, needs no question to the call log. Owned by the session's mailbox.
 */
final class RecentMessages {
    /** A message that was confirmed: where it was written, its time in the call log, and its highest receipt so far. */
    record Seen(@Nullable RoomId room, long loggedAt, EventKind receipt) {}

    private final Map<MessageKey, Seen> seen;

    RecentMessages(int size) {
        seen = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<MessageKey, Seen> eldest) {
                return size() > size;
            }
        };
    }

    @Nullable
    Seen find(MessageKey key) {
        return seen.get(key);
    }

    void add(MessageKey key, Seen confirmed) {
        seen.merge(key, confirmed, (old, now) -> old.receipt() == EventKind.DISPLAY ? old : now);
    }
}
