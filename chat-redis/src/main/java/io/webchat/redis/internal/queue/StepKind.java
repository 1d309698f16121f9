package io.webchat.redis.internal.queue;

import io.webchat.core.events.Amendment;
import io.webchat.core.events.ChatEvent;
import io.webchat.redis.internal.client.LuaScript;
import java.util.Optional;

/** The kinds of events that go into different steps. */
enum StepKind {
    MESSAGES,
    /** One edit or reaction. */
    AMENDMENT,
    /** One deletion: it changes other events of the queue. */
    DELETION,
    RECEIPTS;

    /** The kind of a step that takes this event; empty for an event that no queue stores. */
    static Optional<StepKind> of(ChatEvent event) {
        if (event instanceof ChatEvent.Message) {
            return Optional.of(MESSAGES);
        }
        if (event instanceof Amendment amendment) {
            return Optional.of(amendment.isDeletion() ? DELETION : AMENDMENT);
        }
        return event instanceof ChatEvent.Receipt ? Optional.of(RECEIPTS) : Optional.empty();
    }

    LuaScript script() {
        return switch (this) {
            case MESSAGES -> QueueScripts.APPEND;
            case AMENDMENT -> QueueScripts.AMEND;
            case DELETION -> QueueScripts.DELETE;
            case RECEIPTS -> QueueScripts.APPEND_RECEIPTS;
        };
    }
}
