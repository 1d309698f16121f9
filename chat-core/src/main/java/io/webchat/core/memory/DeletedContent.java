package io.webchat.core.memory;

import io.webchat.core.events.Amendment;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Deletion;
import io.webchat.core.events.Envelope;
import io.webchat.core.events.MessageRef;
import io.webchat.core.events.NodeEvent;

/** The events of a queue after a message was deleted: nothing has its content any more. */
final class DeletedContent {
    private DeletedContent() {}

    /**
     * Returns the event to keep: the rest of the message, an empty event for its edits, or the same event.
     *
     * @param storedAt the time of the deletion in the queue, Unix milliseconds
     */
    static ChatEvent without(Envelope envelope, Amendment deletion, long storedAt) {
        ChatEvent event = envelope.event();
        if (event instanceof ChatEvent.Message message
                && MessageRef.to(message).equals(deletion.about())
                && message.conversation().equals(deletion.conversation())) {
            long at = deletion.loggedAt() > 0 ? deletion.loggedAt() : storedAt;
            return message.deleted(Deletion.of(deletion, at));
        }
        if (event instanceof Amendment other
                && other.change() instanceof Amendment.Edit
                && other.about().equals(deletion.about())
                && other.conversation().equals(deletion.conversation())) {
            return new NodeEvent.Erased(other.to());
        }
        return event;
    }
}
