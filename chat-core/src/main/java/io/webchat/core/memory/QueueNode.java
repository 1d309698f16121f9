package io.webchat.core.memory;

import io.webchat.core.events.Envelope;
import org.jspecify.annotations.Nullable;

/** An event in the list of a queue, with its neighbours in the list and among the events about one message. */
final class QueueNode {
    Envelope envelope;

    @Nullable
    QueueNode next;

    /** Its neighbours among the events with content of one message; see {@link MessageContents}. */
    @Nullable
    QueueNode before;

    @Nullable
    QueueNode behind;

    QueueNode(Envelope envelope) {
        this.envelope = envelope;
    }
}
