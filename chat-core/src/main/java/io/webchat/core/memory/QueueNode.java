package io.webchat.core.memory;

import io.webchat.core.events.Envelope;
import io.webchat.core.ids.UserId;
import org.jspecify.annotations.Nullable;

/** An event in the list of a queue, with its neighbours in the list and among the events about one message. */
final class QueueNode {
    Envelope envelope;

    /** The user because of whom the event was queued; stays when its content is replaced. */
    final @Nullable UserId author;

    @Nullable
    QueueNode next;

    /** Its neighbours among the events with content of one message; see {@link MessageContents}. */
    @Nullable
    QueueNode before;

    @Nullable
    QueueNode behind;

    /** The node of an event that belongs to its author. */
    QueueNode(Envelope envelope) {
        this.envelope = envelope;
        this.author = AuthorBytes.of(envelope.event());
    }
}
