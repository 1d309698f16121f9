package io.webchat.core.spi.queue;

/**
 * The result of appending an event to a queue.
 *
 * @param epoch the present epoch of the queue
 * @param seq the event's Seq; 0 for a duplicate whose first append was in an earlier epoch
 * @param storedAt the time when it was stored, Unix milliseconds; for a duplicate of a restored message its time in the
 *     call log
 * @param duplicate whether it was in the queue before
 * @param removed the number of old events that were removed because the queue was full
 */
public record Appended(QueueEpoch epoch, long seq, long storedAt, boolean duplicate, int removed) {
    /** The result of a backend without epochs, which does not count what it removed. */
    public Appended(long seq, long storedAt, boolean duplicate) {
        this(QueueEpoch.CONSTANT, seq, storedAt, duplicate, 0);
    }
}
