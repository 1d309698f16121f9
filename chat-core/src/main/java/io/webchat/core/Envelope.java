package io.webchat.core;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event and, once it is stored, its place in the recipient's queue. Immutable; its JSON is made once and
 * shared by every session that it goes to.
 */
public final class Envelope {
    private final long seq;
    private final long storedAt;
    private final ChatEvent event;
    private volatile byte @Nullable [] json;

    private Envelope(long seq, long storedAt, ChatEvent event) {
        this.seq = seq;
        this.storedAt = storedAt;
        this.event = event;
    }

    /** An event at its place in a queue: {@code seq} &gt; 0, {@code storedAt} in Unix milliseconds. */
    public static Envelope stored(long seq, long storedAt, ChatEvent event) {
        if (seq <= 0) {
            throw new IllegalArgumentException("a stored event has a Seq above 0, not " + seq);
        }
        return new Envelope(seq, storedAt, event);
    }

    /** An event that is in no queue: a signal, or a notice of the server. */
    public static Envelope passing(ChatEvent event) {
        return new Envelope(0, 0, event);
    }

    /** What another node encoded, as it came: it travels on without being encoded anew. */
    Envelope encodedAs(byte[] bytes) {
        json = bytes;
        return this;
    }

    /** The position in the recipient's queue, strictly increasing; 0 for a passing event. */
    public long seq() {
        return seq;
    }

    /** When the server stored it, Unix milliseconds; 0 for a passing event. */
    public long storedAt() {
        return storedAt;
    }

    /**
     * Its time in the call log, Unix milliseconds: {@link #storedAt()}, except for what was written in a room; 0 for a
     * passing event.
     */
    public long loggedAt() {
        return event instanceof ChatEvent.Message message && message.loggedAt() > 0 ? message.loggedAt() : storedAt;
    }

    /** What travels. */
    public ChatEvent event() {
        return event;
    }

    /** The wire form, UTF-8. The array is shared: do not change it. */
    public byte[] json() {
        byte[] encoded = json;
        if (encoded == null) {
            encoded = EventCodec.encode(this);
            json = encoded;
        }
        return encoded;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Envelope that
                && seq == that.seq
                && storedAt == that.storedAt
                && event.equals(that.event);
    }

    @Override
    public int hashCode() {
        return Objects.hash(seq, storedAt, event);
    }

    @Override
    public String toString() {
        return "Envelope[seq=" + seq + ", storedAt=" + storedAt + ", kind="
                + event.kind().wire() + ", to=" + event.to() + "]";
    }
}
