package io.webchat.core.internal.backend;

import io.webchat.core.spi.queue.Appended;
import io.webchat.core.spi.queue.QueueEpoch;

/**
 * The outcome of appending an event to a queue.
 *
 * @param appended the event's Seq and time in the queue
 * @param receivers the number of subscriptions it was published to; {@link #UNPUBLISHED} when it is not published yet
 */
public record AppendOutcome(Appended appended, int receivers) {
    /** The number of receivers of an event that is not published yet. */
    public static final int UNPUBLISHED = -1;

    /** The outcome for an event that was withheld from its recipient. */
    public static final AppendOutcome WITHHELD =
            new AppendOutcome(new Appended(QueueEpoch.CONSTANT, 0, 0, false, 0), UNPUBLISHED);

    /** Whether the append published the event in the same step. */
    public boolean isPublished() {
        return receivers != UNPUBLISHED;
    }
}
