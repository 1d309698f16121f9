package io.webchat.core.spi;

import io.webchat.core.Envelope;
import java.util.List;

/**
 * Consecutive events of a queue, and its bounds.
 *
 * @param events the events in order
 * @param first the Seq of the oldest event in the queue; {@code next} for an empty queue. A reader that has read up to
 *     a Seq below {@code first - 1} has missed events
 * @param next the Seq that the next event will get; at most that, if no event and no device has created the queue yet
 * @param devices the number of devices of the user that the queue knows
 */
public record QueueSlice(List<Envelope> events, long first, long next, int devices) {
    /** Copies the list. */
    public QueueSlice {
        events = List.copyOf(events);
    }
}
