package io.webchat.core.spi;

import io.webchat.core.Envelope;
import java.util.List;

/**
 * A piece of a queue.
 *
 * @param events consecutive events in order
 * @param first the Seq of the oldest event in the queue, or {@code next} where it is empty; a reader whose
 *     own place is below {@code first - 1} has missed what was trimmed
 * @param next the Seq that the next event will get; where neither an event nor a device has made the queue yet,
 *     at most that
 * @param devices how many devices of the user are known
 */
public record QueueSlice(List<Envelope> events, long first, long next, int devices) {
    /** Copies the list. */
    public QueueSlice {
        events = List.copyOf(events);
    }
}
