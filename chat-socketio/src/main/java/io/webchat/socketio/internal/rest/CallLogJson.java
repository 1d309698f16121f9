package io.webchat.socketio.internal.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.webchat.core.calllog.CallLogs;
import io.webchat.core.calllog.ConversationEntry;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.calllog.MessagePosition;
import io.webchat.core.calllog.MessageReceipts;
import io.webchat.core.calllog.Quote;
import io.webchat.core.calllog.UnreadTotals;
import io.webchat.core.calllog.Watermarks;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Deletion;
import io.webchat.core.events.Json;
import io.webchat.core.events.MessageContent;
import io.webchat.core.events.MessageRef;
import io.webchat.core.events.Reaction;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.UserId;
import java.util.Locale;
import java.util.Map;
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
        json.put("unread", entry.unread()).put("mentions", entry.mentions());
        json.set("lastMessage", message(entry.last(), Map.of()));
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

    static ObjectNode unread(UnreadTotals totals) {
        return RestJson.object()
                .put("messages", totals.messages())
                .put("conversations", totals.conversations())
                .put("mentions", totals.mentions());
    }

    static ObjectNode receipts(MessageReceipts receipts) {
        ObjectNode json = RestJson.object();
        ArrayNode items = json.putArray("items");
        receipts.readers()
                .forEach(each -> items.addObject()
                        .put("userId", each.user().value())
                        .put("status", each.status().name().toLowerCase(Locale.ROOT)));
        return json;
    }

    private static ObjectNode marks(Watermarks marks) {
        return RestJson.object().put("delivered", time(marks.delivered())).put("displayed", time(marks.displayed()));
    }

    private static @Nullable String time(@Nullable MessagePosition upTo) {
        return upTo == null ? null : RestJson.time(upTo.storedAt());
    }

    private static void putContent(ObjectNode json, MessageContent content, Map<MessageRef, Quote> quotes) {
        json.put("type", content.type()).put("text", content.text());
        Json data = content.data();
        if (data != null) {
            json.putRawValue("data", new RawValue(data.toString()));
        }
        MessageRef replyTo = content.replyTo();
        if (replyTo != null) {
            ObjectNode answered = json.putObject("replyTo")
                    .put("from", replyTo.from().value())
                    .put("msgId", replyTo.id().value());
            Quote quote = quotes.get(replyTo);
            if (quote != null) {
                answered.put("type", quote.type()).put("text", quote.text());
            }
        }
        if (!content.mentions().isEmpty()) {
            ArrayNode mentions = json.putArray("mentions");
            content.mentions().forEach(each -> mentions.add(each.value()));
        }
        AttachmentJson.put(json, content.attachments());
    }

    private static void putAmendments(ObjectNode json, LoggedMessage logged) {
        if (logged.editedAt() > 0) {
            json.put("editedAt", RestJson.time(logged.editedAt()));
        }
        Deletion deletion = logged.message().deletion();
        if (deletion != null) {
            UserId by = deletion.by();
            json.put("deletedAt", RestJson.time(deletion.at())).put("deletedBy", by == null ? null : by.value());
        }
        if (!logged.reactions().isEmpty()) {
            ArrayNode reactions = json.putArray("reactions");
            for (Reaction each : logged.reactions()) {
                ArrayNode users = reactions
                        .addObject()
                        .put("reaction", each.reaction())
                        .put("count", each.count())
                        .putArray("users");
                each.users().forEach(user -> users.add(user.value()));
            }
        }
    }

    /**
     * Writes a message.
     *
     * @param quotes the beginnings of the messages that it may answer
     */
    ObjectNode message(LoggedMessage logged, Map<MessageRef, Quote> quotes) {
        ChatEvent.Message message = logged.message();
        ObjectNode json = RestJson.object()
                .put("msgId", message.id().value())
                .put("from", message.from().value());
        if (message.room() == null) {
            json.put("to", message.to().value());
        } else {
            json.put("room", message.room().value());
        }
        putContent(json, message.content(), quotes);
        putAmendments(json, logged);
        RestJson.clientTime(message.timestamp()).ifPresent(time -> json.put("sentAt", time));
        return json.put("storedAt", RestJson.time(logged.storedAt()))
                .put("status", logged.status().name().toLowerCase(Locale.ROOT))
                .put("cursor", logs.cursorOf(logged));
    }
}
