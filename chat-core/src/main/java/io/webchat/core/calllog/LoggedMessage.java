package io.webchat.core.calllog;

import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Reaction;
import java.util.List;

/**
 * A message in the call log, in its present state: with the content of its newest edit, or without content after its
 * deletion.
 *
 * @param message the message; a message in a room has its author as recipient
 * @param storedAt the time when the server stored it, Unix milliseconds
 * @param status the highest status so far
 * @param editedAt the time of its newest edit, Unix milliseconds; 0 if it was never edited, or deleted since
 * @param reactions the reactions to it, in the order in which their kinds were first given
 */
public record LoggedMessage(
        ChatEvent.Message message, long storedAt, MessageStatus status, long editedAt, List<Reaction> reactions) {
    /** Copies the list. */
    public LoggedMessage {
        reactions = List.copyOf(reactions);
    }

    /** A message that nobody has amended. */
    public LoggedMessage(ChatEvent.Message message, long storedAt, MessageStatus status) {
        this(message, storedAt, status, 0, List.of());
    }

    /** Returns the position in the conversation. */
    public MessagePosition position() {
        return new MessagePosition(storedAt, message.from(), message.id());
    }
}
