package io.webchat.core.internal.policy;

import io.webchat.core.events.ChatEvent;
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
 * Remembers for some minutes which messages were accepted, and with which content, so that a resend is not judged
 * again. Bounded in bytes. Safe for use by several threads.
 */
final class VerdictMemory {
    private static final long MAX_AGE = Duration.ofMinutes(10).toNanos();
    /** The bytes of an entry besides its content, about. */
    private static final int ENTRY_BYTES = 400;

    /** A message as its author sent it. A message to a room is addressed to its author, and its digest has the room. */
    private record Key(UserId from, UserId to, MessageId id, String digest) {
        static Key of(ChatEvent.Message sent) {
            return new Key(sent.from(), sent.to(), sent.id(), ContentDigest.of(sent));
        }
    }

    /**
     * A verdict.
     *
     * @param content the content that replaced the one of the author; null if the message was accepted as it was
     */
    private record Entry(@Nullable MessageContent content, long since) {
        long bytes() {
            return ENTRY_BYTES + (content == null ? 0 : 2L * content.length());
        }

        ChatEvent.Message applyTo(ChatEvent.Message sent) {
            return content == null ? sent : sent.withContent(content).withSentDigest(ContentDigest.of(sent));
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
    synchronized ChatEvent.@Nullable Message find(ChatEvent.Message sent) {
        forgetOld();
        Entry known = entries.get(Key.of(sent));
        return known == null ? null : known.applyTo(sent);
    }

    /** Remembers that the message was accepted with this content; returns the form that was accepted first. */
    synchronized ChatEvent.Message remember(ChatEvent.Message sent, MessageContent content) {
        Entry made = new Entry(content.equals(sent.content()) ? null : content, nanoTime.getAsLong());
        Entry earlier = entries.putIfAbsent(Key.of(sent), made);
        if (earlier != null) {
            return earlier.applyTo(sent);
        }
        bytes += made.bytes();
        forgetOld();
        return made.applyTo(sent);
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
