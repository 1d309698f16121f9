package io.webchat.core.spi;

import io.webchat.core.Envelope;
import java.util.List;

/**
 * Consecutive events of a queue, and its bounds.
 *
 * @param epoch the present epoch of the queue; {@link QueueEpoch#NONE} if no event and no device has created it yet.
 *     While it is not restored, the events with Seqs below its number may move down
 * @param events the events in order
 * @param first the Seq of the oldest event in the queue; {@code next} for an empty queue. A reader that has read up to
 *     a Seq below {@code first - 1} has missed events
 * @param next the Seq that the next event will get; at most that, if no event and no device has created the queue yet
 * @param devices the number of devices of the user that the queue knows
 */
public record QueueSlice(QueueEpoch epoch, List<Envelope> events, long first, long next, int devices) {
    /** Copies the list. */
    public QueueSlice {
        events = List.copyOf(events);
    }

    /** A slice of a backend without epochs. */
    public QueueSlice(List<Envelope> events, long first, long next, int devices) {
        this(QueueEpoch.CONSTANT, events, first, next, devices);
    }
}
