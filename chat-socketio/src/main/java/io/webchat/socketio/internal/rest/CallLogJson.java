package io.webchat.socketio.internal.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.webchat.core.CallLogs;
import io.webchat.core.ChatEvent;
import io.webchat.core.ConversationEntry;
import io.webchat.core.ConversationId;
import io.webchat.core.LoggedMessage;
import io.webchat.core.MessagePosition;
import io.webchat.core.UserId;
import io.webchat.core.Watermarks;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes the records of the call log as JSON. */
final class CallLogJson {
    private final CallLogs logs;

    CallLogJson(CallLogs logs) {
        this.logs = logs;
    }

    ObjectNode entry(ConversationEntry entry, UserId reader) {
        ObjectNode json = RestJson.object().put("id", entry.id().value());
        entry.id()
                .roomId()
                .ifPresentOrElse(
                        room -> json.put("room", room.value()),
                        () -> json.put("peer", peer(entry.id(), reader).value()));
        json.put("unread", entry.unread());
        json.set("lastMessage", message(entry.last()));
        json.set("sent", marks(entry.sent()));
        json.set("received", marks(entry.received()));
        return json;
    }

    /** Returns the other user of a conversation; the reader, if it is a conversation with oneself. */
    private static UserId peer(ConversationId id, UserId reader) {
        return id.users().stream()
                .filter(user -> !user.equals(reader))
                .findFirst()
                .orElse(reader);
    }

    private static ObjectNode marks(Watermarks marks) {
        return RestJson.object().put("delivered", time(marks.delivered())).put("displayed", time(marks.displayed()));
    }

    private static @Nullable String time(@Nullable MessagePosition upTo) {
        return upTo == null ? null : RestJson.time(upTo.storedAt());
    }

    ObjectNode message(LoggedMessage logged) {
        ChatEvent.Message message = logged.message();
        ObjectNode json = RestJson.object()
                .put("msgId", message.id().value())
                .put("from", message.from().value());
        if (message.room() == null) {
            json.put("to", message.to().value());
        } else {
            json.put("room", message.room().value());
        }
        json.put("text", message.text());
        RestJson.clientTime(message.timestamp()).ifPresent(time -> json.put("sentAt", time));
        return json.put("storedAt", RestJson.time(logged.storedAt()))
                .put("status", logged.status().name().toLowerCase(Locale.ROOT))
                .put("cursor", logs.cursorOf(logged));
    }
}
