package io.webchat.core.spi.queue;

import io.webchat.core.events.LoggedEvent;
import java.util.List;

/**
 * The messages and amendments of a call log that a user has not received.
 *
 * @param events the newest of them, oldest first. Each is addressed to the user, and has its time in the call log as
 *     {@link LoggedEvent#loggedAt}. A deleted message has no content, and no amendment but its deletion
 * @param omitted the number of older ones that are left out, because they are too many
 */
public record UndeliveredMessages(List<LoggedEvent> events, int omitted) {
    /** Nothing is missing. */
    public static final UndeliveredMessages NONE = new UndeliveredMessages(List.of(), 0);

    /** Copies the list. */
    public UndeliveredMessages {
        events = List.copyOf(events);
    }
}
