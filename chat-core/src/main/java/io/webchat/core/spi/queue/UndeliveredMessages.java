package io.webchat.core.spi.queue;

import io.webchat.core.events.Amendment;
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

    /** Returns the messages and amendments that were logged at this time or later. Omitted ones are older than all. */
    public UndeliveredMessages since(long loggedAt) {
        boolean all = events.isEmpty() || events.get(0).loggedAt() >= loggedAt;
        return new UndeliveredMessages(
                events.stream().filter(each -> each.loggedAt() >= loggedAt).toList(), all ? omitted : 0);
    }

    /** Returns the deletions among the events. */
    public List<Amendment> deletions() {
        return events.stream()
                .filter(each -> each instanceof Amendment amendment && amendment.isDeletion())
                .map(Amendment.class::cast)
                .toList();
    }
}
