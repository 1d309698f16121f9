package io.webchat.core.spi;

import io.webchat.core.ChatEvent;
import java.util.List;

/**
 * The messages of a call log that a user has not received.
 *
 * @param messages the newest of them, oldest first. Each is addressed to the user, and has its time in the call log as
 *     {@link ChatEvent.Message#loggedAt}
 * @param omitted the number of older ones that are left out, because they are too many
 */
public record UndeliveredMessages(List<ChatEvent.Message> messages, int omitted) {
    /** Nothing is missing. */
    public static final UndeliveredMessages NONE = new UndeliveredMessages(List.of(), 0);

    /** Copies the list. */
    public UndeliveredMessages {
        messages = List.copyOf(messages);
    }
}
