package io.webchat.core.spi.queue;

import io.webchat.core.events.Envelope;
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
 * @param confirmed the highest Seq up to which a device has confirmed all events; {@code first - 1} if no device has
 *     confirmed more than that
 */
public record QueueSlice(QueueEpoch epoch, List<Envelope> events, long first, long next, int devices, long confirmed) {
    /** Copies the list. */
    public QueueSlice {
        events = List.copyOf(events);
    }

    /** A slice of a queue of which no device has confirmed an event that is still in it. */
    public QueueSlice(QueueEpoch epoch, List<Envelope> events, long first, long next, int devices) {
        this(epoch, events, first, next, devices, first - 1);
    }
}
