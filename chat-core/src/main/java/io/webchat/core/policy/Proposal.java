package io.webchat.core.policy;

import io.webchat.core.Principal;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Json;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.rooms.RoomRole;
import org.jspecify.annotations.Nullable;

/**
 * An event that somebody wants to send. Its {@code to} is the recipient, or its {@code room} is the room.
 *
 * @param author the author, with the claims of their token
 * @param device the author's device; {@code .server} without a session
 * @param origin the way by which the event came
 * @param event the event: a message, an edit, a reaction, or a signal with a type of the application. Kinds may be
 *     added, so a policy accepts or refuses a kind that it does not know
 * @param role the author's role in the room; null for a 1:1 message
 */
public record Proposal(
        Principal author,
        DeviceId device,
        Origin origin,
        ChatEvent event,
        @Nullable RoomRole role) {
    /** The way by which an event came. */
    public enum Origin {
        /** A session: a connected client, or a bot of the application. */
        SESSION,
        /** A REST request. */
        REST,
        /** A call of {@code Chat.send} by the application itself. */
        HOST
    }

    /** The text of the event; an empty text if it has none. */
    public String text() {
        if (event instanceof Amendment amendment && amendment.change() instanceof Amendment.Edit edit) {
            return edit.content().text();
        }
        return event instanceof ChatEvent.Message message ? message.text() : "";
    }

    /**
     * The application's data in the event; null if it has none. They are JSON as their sender wrote it: a letter may be
     * written as an escape.
     */
    public @Nullable Json data() {
        if (event instanceof ChatEvent.Signal signal) {
            return signal.data();
        }
        if (event instanceof Amendment amendment && amendment.change() instanceof Amendment.Edit edit) {
            return edit.content().data();
        }
        return event instanceof ChatEvent.Message message ? message.content().data() : null;
    }

    /**
     * Returns the verdict that replaces the event by the same one with another text.
     *
     * @throws IllegalStateException when the event has no text
     */
    public Verdict replaceText(String text) {
        if (event instanceof ChatEvent.Message message) {
            return Verdict.replace(message.withText(text));
        }
        if (event instanceof Amendment amendment && amendment.change() instanceof Amendment.Edit edit) {
            return Verdict.replace(amendment.withChange(
                    new Amendment.Edit(edit.content().toBuilder().text(text).build())));
        }
        throw new IllegalStateException("a " + event.kind().wire() + " has no text");
    }

    /** Returns the same proposal about another form of the event. */
    public Proposal with(ChatEvent other) {
        return new Proposal(author, device, origin, other, role);
    }
}
