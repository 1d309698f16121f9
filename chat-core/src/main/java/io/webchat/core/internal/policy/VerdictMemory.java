package io.webchat.core.internal.policy;

import io.webchat.core.events.Amendment;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.EventKind;
import io.webchat.core.events.LoggedEvent;
import io.webchat.core.events.MessageContent;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.calllog.ContentDigest;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers for some minutes which messages and amendments were accepted, and with which content, so that a resend is
 * not judged again. Bounded in bytes. Safe for use by several threads.
 */
final class VerdictMemory {
    private static final long MAX_AGE = Duration.ofMinutes(10).toNanos();
    /** The bytes of an entry besides its content, about. */
    private static final int ENTRY_BYTES = 400;

    /** An event as its author sent it. An event for a room is addressed to its author, and its digest has the room. */
    private record Key(EventKind kind, UserId from, UserId to, MessageId id, String digest) {
        static Key of(ChatEvent.Message sent) {
            return of(sent, ContentDigest.of(sent));
        }

        static Key of(Amendment sent) {
            return of(sent, ContentDigest.of(sent));
        }

        private static Key of(LoggedEvent sent, String digest) {
            return new Key(sent.kind(), sent.from(), sent.to(), sent.id(), digest);
        }
    }

    /**
     * A verdict.
     *
     * @param content the content that replaced the one of the author; null if the event was accepted as it was
     */
    private record Entry(@Nullable MessageContent content, long since) {
        long bytes() {
            return ENTRY_BYTES + (content == null ? 0 : 2L * content.length());
        }

        ChatEvent.Message applyTo(ChatEvent.Message sent) {
            return content == null ? sent : StoredForms.with(sent, content);
        }

        Amendment applyTo(Amendment sent) {
            return content == null ? sent : StoredForms.with(sent, content);
        }
    }

    private final Map<Key, Entry> entries = new LinkedHashMap<>();
    private final long maxBytes;
    private final LongSupplier nanoTime;
    private long bytes;

    VerdictMemory(long maxBytes, LongSupplier nanoTime) {
        this.maxBytes = maxBytes;
        this.nanoTime = nanoTime;
    }

    /** Returns the accepted form of the message; null if it is not known. */
    ChatEvent.@Nullable Message find(ChatEvent.Message sent) {
        Entry known = find(Key.of(sent));
        return known == null ? null : known.applyTo(sent);
    }

    /** Returns the accepted form of the amendment; null if it is not known. */
    @Nullable
    Amendment find(Amendment sent) {
        Entry known = find(Key.of(sent));
        return known == null ? null : known.applyTo(sent);
    }

    /** Remembers that the message was accepted in this form; returns the form that was accepted first. */
    ChatEvent.Message remember(ChatEvent.Message sent, ChatEvent.Message judged) {
        MessageContent content = judged.content();
        return put(Key.of(sent), content.equals(sent.content()) ? null : content)
                .applyTo(sent);
    }

    /** Remembers that the amendment was accepted in this form; returns the form that was accepted first. */
    Amendment remember(Amendment sent, Amendment judged) {
        MessageContent replaced =
                judged.change() instanceof Amendment.Edit edit && !edit.equals(sent.change()) ? edit.content() : null;
        return put(Key.of(sent), replaced).applyTo(sent);
    }

    private synchronized @Nullable Entry find(Key key) {
        forgetOld();
        return entries.get(key);
    }

    /** Returns the entry that was there first. */
    private synchronized Entry put(Key key, @Nullable MessageContent content) {
        Entry made = new Entry(content, nanoTime.getAsLong());
        Entry earlier = entries.putIfAbsent(key, made);
        if (earlier != null) {
            return earlier;
        }
        bytes += made.bytes();
        forgetOld();
        return made;
    }

    private void forgetOld() {
        long now = nanoTime.getAsLong();
        Iterator<Entry> oldest = entries.values().iterator();
        while (oldest.hasNext()) {
            Entry entry = oldest.next();
            if (bytes <= maxBytes && now - entry.since < MAX_AGE) {
                return;
            }
            bytes -= entry.bytes();
            oldest.remove();
        }
    }
}
