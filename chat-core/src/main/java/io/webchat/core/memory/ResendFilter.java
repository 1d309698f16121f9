package io.webchat.core.memory;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.EventKind;
import io.webchat.core.events.LoggedEvent;
import io.webchat.core.spi.calllog.ContentDigest;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the events that one queue got within the dedupe window, to recognise resends. Not safe for use by several
 * threads.
 */
final class ResendFilter {
    /**
     * A remembered event.
     *
     * @param seq its Seq in the epoch in which it was stored
     * @param storedAt its time, Unix milliseconds
     * @param since the time since when it is remembered, Unix milliseconds
     */
    record Entry(
            long seq,
            long storedAt,
            long since,
            EventKind kind,
            @Nullable String digest) {
        /** Whether the message was deleted since. */
        boolean isDeleted() {
            return ContentDigest.DELETED.equals(digest);
        }
    }

    private final Map<EventName, Entry> entries = new LinkedHashMap<>();
    private final long windowMillis;
    private final int max;

    ResendFilter(long windowMillis, int max) {
        this.windowMillis = windowMillis;
        this.max = max;
    }

    /** Returns a filter that remembers the same events. */
    ResendFilter copy() {
        ResendFilter copy = new ResendFilter(windowMillis, max);
        copy.entries.putAll(entries);
        return copy;
    }

    /**
     * Returns the first event of a resend, or null for a new event.
     *
     * @param name the name of the event
     * @throws ChatException {@code conflict} for a message with the same id and another content
     */
    @Nullable
    Entry find(EventName name, ChatEvent event, long now) {
        forget(now);
        Entry entry = entries.get(name);
        if (entry == null || (event.kind() == EventKind.DISPLAY && entry.kind == EventKind.DELIVERY)) {
            return null;
        }
        if (entry.digest != null && !entry.isDeleted() && !entry.digest.equals(digest(event))) {
            throw new ChatException(ErrorCode.CONFLICT, "this MsgID was used for another message");
        }
        return entry;
    }

    /**
     * Whether an event with this name was in the queue, whatever its content. Of a message that was deleted before the
     * queue had it, only the rest may be put in.
     */
    boolean knows(EventName name, LoggedEvent event, long now) {
        forget(now);
        Entry entry = entries.get(name);
        boolean rest = event instanceof ChatEvent.Message message && message.deletion() != null;
        return entry != null && !(rest && entry.isDeleted() && entry.seq == 0);
    }

    /** Whether the message of this amendment was deleted. */
    boolean isDeleted(Amendment amendment, long now) {
        forget(now);
        Entry entry = entries.get(EventName.ofMessage(amendment));
        return entry != null && entry.isDeleted();
    }

    /** Remembers that the message of this amendment was deleted, so that it is not stored later. */
    void rememberDeleted(Amendment amendment, long now) {
        EventName name = EventName.ofMessage(amendment);
        Entry there = entries.remove(name);
        long seq = there == null ? 0 : there.seq;
        long storedAt = there == null ? now : there.storedAt;
        entries.put(name, new Entry(seq, storedAt, now, EventKind.MESSAGE, ContentDigest.DELETED));
    }

    void remember(EventName name, ChatEvent event, long seq, long storedAt, long now) {
        entries.remove(name);
        entries.put(name, new Entry(seq, storedAt, now, event.kind(), digest(event)));
    }

    int size() {
        return entries.size();
    }

    /** Forgets all events, so that none is recognised any more. */
    void clear() {
        entries.clear();
    }

    boolean isEmpty(long now) {
        forget(now);
        return entries.isEmpty();
    }

    private void forget(long now) {
        Iterator<Entry> oldest = entries.values().iterator();
        while (oldest.hasNext() && (oldest.next().since < now - windowMillis || entries.size() > max)) {
            oldest.remove();
        }
    }

    private static @Nullable String digest(ChatEvent event) {
        if (event instanceof Amendment amendment) {
            return ContentDigest.of(amendment);
        }
        return event instanceof ChatEvent.Message message ? ContentDigest.of(message) : null;
    }
}
