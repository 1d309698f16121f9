package io.webchat.core.events;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event with its Seq in the recipient's queue, or without one before it is stored. Immutable. Its JSON is encoded
 * once and shared by all sessions that get the event.
 */
public final class Envelope {
    private final long epoch;
    private final long seq;
    private final long storedAt;
    private final ChatEvent event;
    private volatile byte @Nullable [] json;

    private Envelope(long epoch, long seq, long storedAt, ChatEvent event) {
        this.epoch = epoch;
        this.seq = seq;
        this.storedAt = storedAt;
        this.event = event;
    }

    /**
     * Makes the envelope of an event in a queue without epochs.
     *
     * @param seq the Seq in the queue, above 0
     * @param storedAt the time when it was stored, Unix milliseconds
     * @throws IllegalArgumentException when {@code seq} is not positive
     */
    public static Envelope stored(long seq, long storedAt, ChatEvent event) {
        return stored(0, seq, storedAt, event);
    }

    /**
     * Makes the envelope of a stored event.
     *
     * @param epoch the number of the epoch in which the queue assigned the Seq; it travels between nodes only and is
     *     not in the JSON
     * @param seq the Seq in the queue, above 0
     * @param storedAt the time when it was stored, Unix milliseconds
     * @throws IllegalArgumentException when {@code seq} is not positive
     */
    public static Envelope stored(long epoch, long seq, long storedAt, ChatEvent event) {
        if (seq <= 0) {
            throw new IllegalArgumentException("a stored event has a Seq above 0, not " + seq);
        }
        return new Envelope(epoch, seq, storedAt, event);
    }

    /** Makes the envelope of an event that is not stored: a signal, or a notice of the server. */
    public static Envelope passing(ChatEvent event) {
        return new Envelope(0, 0, 0, event);
    }

    /** Returns the same envelope around another form of its event. */
    Envelope with(ChatEvent other) {
        return new Envelope(epoch, seq, storedAt, other);
    }

    /**
     * Returns the same envelope with a JSON that does not tell the Seq. A client that does not know the Seq cannot
     * claim to have all events up to it.
     */
    public Envelope hidingSeq() {
        return new Envelope(epoch, seq, storedAt, event)
                .encodedAs(EventCodec.encodeForClients(new Envelope(epoch, 0, storedAt, event)));
    }

    /** Keeps the bytes that another node encoded, so that they are not encoded again. */
    Envelope encodedAs(byte[] bytes) {
        json = bytes;
        return this;
    }

    /** The number of the queue's epoch in which the Seq was assigned; 0 for a queue without epochs. */
    public long epoch() {
        return epoch;
    }

    /** The Seq in the recipient's queue, strictly increasing; 0 for an event that is not stored. */
    public long seq() {
        return seq;
    }

    /** The time when the server stored it, Unix milliseconds; 0 for an event that is not stored. */
    public long storedAt() {
        return storedAt;
    }

    /**
     * The time in the call log, Unix milliseconds: {@link #storedAt()}, except for a message in a room and an
     * amendment; 0 for an event that is not stored.
     */
    public long loggedAt() {
        return event instanceof LoggedEvent logged && logged.loggedAt() > 0 ? logged.loggedAt() : storedAt;
    }

    /** The event. */
    public ChatEvent event() {
        return event;
    }

    /** The JSON for clients, in UTF-8. The array is shared: do not change it. */
    public byte[] json() {
        byte[] encoded = json;
        if (encoded == null) {
            encoded = EventCodec.encodeForClients(this);
            json = encoded;
        }
        return encoded;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Envelope that
                && epoch == that.epoch
                && seq == that.seq
                && storedAt == that.storedAt
                && event.equals(that.event);
    }

    @Override
    public int hashCode() {
        return Objects.hash(epoch, seq, storedAt, event);
    }

    @Override
    public String toString() {
        return "Envelope[epoch=" + epoch + ", seq=" + seq + ", storedAt=" + storedAt + ", kind="
                + event.kind().wire() + ", to=" + event.to() + "]";
    }
}
