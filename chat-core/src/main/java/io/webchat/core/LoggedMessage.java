package io.webchat.core;

/**
 * A message as the call log has it.
 *
 * @param message the message; one to a room is addressed to its author
 * @param storedAt when the server stored it, Unix milliseconds
 * @param status how far it has come
 */
public record LoggedMessage(ChatEvent.Message message, long storedAt, MessageStatus status) {
    /** Where it stands in its conversation. */
    public MessagePosition position() {
        return new MessagePosition(storedAt, message.from(), message.id());
    }
}
