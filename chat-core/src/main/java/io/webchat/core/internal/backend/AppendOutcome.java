package io.webchat.core.internal.backend;

import io.webchat.core.spi.Appended;

/**
 * The outcome of appending an event to a queue.
 *
 * @param appended the event's Seq and time in the queue
 * @param receivers the number of subscriptions it was published to; {@link #UNPUBLISHED} when it is not published yet
 */
public record AppendOutcome(Appended appended, int receivers) {
    /** The number of receivers of an event that is not published yet. */
    public static final int UNPUBLISHED = -1;

    /** Whether the append published the event in the same step. */
    public boolean isPublished() {
        return receivers != UNPUBLISHED;
    }
}
