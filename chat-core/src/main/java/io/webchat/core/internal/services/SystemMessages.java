package io.webchat.core.internal.services;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Json;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.internal.events.AuthorWords;
import io.webchat.core.rooms.RoomMember;
import io.webchat.core.rooms.RoomRole;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;

/**
 * Makes the messages and the signals that tell of changes of a room. A message has the user who made the change as its
 * author. Its data name the member and the new value. {@code ByHost} is true for a change by the application, whose
 * messages name an owner as author.
 *
 * @param room the room
 * @param actor the user who makes the change, or the application
 */
record SystemMessages(RoomId room, RoomActor actor) {
    private static final JsonFactory JSON = new JsonFactory();

    /** Writes the fields of one object. */
    private interface Fields {
        void writeTo(JsonGenerator json) throws IOException;
    }

    ChatEvent.Message joined(RoomMember member) {
        String text = isBy(member.user())
                ? member.user() + " joined"
                : did("added", member.user().value());
        return message("system.joined", text, json -> {
            json.writeStringField("User", member.user().value());
            json.writeStringField("Role", named(member.role()));
        });
    }

    /** A member left by their own will, or was removed. */
    ChatEvent.Message gone(UserId user) {
        Fields fields = json -> json.writeStringField("User", user.value());
        return isBy(user)
                ? message("system.left", user + " left", fields)
                : message("system.removed", did("removed", user.value()), fields);
    }

    ChatEvent.Message role(RoomMember member) {
        String text = member.user() + " is " + named(member.role()) + " now";
        return message("system.role", text, json -> {
            json.writeStringField("User", member.user().value());
            json.writeStringField("Role", named(member.role()));
        });
    }

    ChatEvent.Message renamed(String before, String name) {
        return message(AuthorWords.RENAMED, did("renamed", before) + " to " + name, json -> {
            json.writeStringField("Name", name);
            json.writeStringField("Before", before);
        });
    }

    /** Returns the signal without the name of the room. */
    static ChatEvent.Signal withoutWords(ChatEvent.Signal signal) {
        return new ChatEvent.Signal(signal.from(), signal.to(), signal.room(), signal.timestamp(), signal.type(), null);
    }

    /** The signal that tells of the change of this message without its words. */
    static ChatEvent.Signal updated(ChatEvent.Message message) {
        return new ChatEvent.Signal(
                message.from(), message.from(), message.room(), message.timestamp(), "system.updated", null);
    }

    /** The application is not named, because its author is an owner who did nothing. */
    private String did(String verb, String object) {
        return actor.application() ? object + " was " + verb : actor.user() + " " + verb + " " + object;
    }

    private boolean isBy(UserId user) {
        return !actor.application() && actor.user().equals(user);
    }

    private static String named(RoomRole role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Makes a message.
     *
     * @param text for clients that do not know the type
     */
    private ChatEvent.Message message(String type, String text, Fields fields) {
        return ChatEvent.Message.from(actor.user())
                .in(room)
                .type(type)
                .text(text)
                .data(data(fields))
                .build();
    }

    private Json data(Fields fields) {
        return object(json -> {
            fields.writeTo(json);
            if (actor.application()) {
                json.writeBooleanField("ByHost", true);
            }
        });
    }

    /** The signal that the user is invited to the room of this name, or a member of it now. */
    ChatEvent.Signal signal(String type, UserId to, String name) {
        long now = System.currentTimeMillis() / 1000;
        return new ChatEvent.Signal(
                actor.user(), to, room, now, type, data(json -> json.writeStringField("Name", name)));
    }

    /** The signal that the room of this message ended with the change. */
    static ChatEvent.Signal ended(ChatEvent.Message message) {
        return new ChatEvent.Signal(
                message.from(), message.from(), message.room(), message.timestamp(), "system.deleted", null);
    }

    private static Json object(Fields fields) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            fields.writeTo(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return Json.parse(text.toString());
    }
}
