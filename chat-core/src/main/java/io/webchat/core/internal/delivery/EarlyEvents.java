package io.webchat.core.internal.delivery;

import io.webchat.core.events.Envelope;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Published events that wait for an event with a lower Seq. Only the session's mailbox may use them. */
final class EarlyEvents {
    /** The largest number of events that wait; beyond it the queue is read. */
    private static final int MAX = 64;

    private final TreeMap<Long, Envelope> bySeq = new TreeMap<>();

    /** Adds an event; returns whether all fit. If not, the one with the highest Seq is dropped. */
    boolean add(Envelope envelope) {
        bySeq.put(envelope.seq(), envelope);
        boolean fits = bySeq.size() <= MAX;
        if (!fits) {
            bySeq.pollLastEntry();
        }
        return fits;
    }

    boolean isEmpty() {
        return bySeq.isEmpty();
    }

    /** The highest Seq; 0 if there are no events. */
    long lastSeq() {
        return bySeq.isEmpty() ? 0 : bySeq.lastKey();
    }

    /** Returns the event behind this Seq, or null while that one is missing. Forgets the events up to this Seq. */
    @Nullable
    Envelope behind(long seq) {
        bySeq.headMap(seq, true).clear();
        return bySeq.get(seq + 1);
    }

    void clear() {
        bySeq.clear();
    }
}
