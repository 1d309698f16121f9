package io.webchat.core;

/**
 * A message in the call log.
 *
 * @param message the message; a message in a room has its author as recipient
 * @param storedAt the time when the server stored it, Unix milliseconds
 * @param status the highest status so far
 */
public record LoggedMessage(ChatEvent.Message message, long storedAt, MessageStatus status) {
    /** Returns the position in the conversation. */
    public MessagePosition position() {
        return new MessagePosition(storedAt, message.from(), message.id());
    }
}
