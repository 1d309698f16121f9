package io.webchat.socketio.internal.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.webchat.core.Chat;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.SendResult;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.MessageContent;
import io.webchat.core.events.MessageRef;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.socketio.http.HttpResponse;
import io.webchat.socketio.http.JsonBody;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Sends messages without a session. */
final class MessageEndpoints {
    private final Chat chat;

    private MessageEndpoints(Chat chat) {
        this.chat = chat;
    }

    static List<RestEndpoint> of(Chat chat) {
        return List.of(RestEndpoint.post("/v1/messages", new MessageEndpoints(chat)::send)
                .unmetered());
    }

    private CompletionStage<HttpResponse> send(RestCall call) {
        ChatEvent.Message message = message(call.user(), call.body());
        return chat.send(call.principal(), message).thenApply(result -> answer(message.id(), result));
    }

    private static ChatEvent.Message message(UserId from, JsonBody body) {
        body.allowOnly("to", "room", "msgId", "type", "text", "data", "replyTo", "mentions", "attachments");
        Optional<UserId> to = body.optionalText("to").map(UserId::of);
        Optional<RoomId> room = body.optionalText("room").map(RoomId::of);
        if (to.isPresent() == room.isPresent()) {
            throw new ChatException(ErrorCode.BAD_REQUEST, "give exactly one of to and room");
        }
        MessageId id = body.optionalText("msgId").map(MessageId::of).orElseGet(MessageId::random);
        // A message to a room is addressed to its author.
        return ChatEvent.Message.from(from)
                .to(to.orElse(from))
                .in(room.orElse(null))
                .id(id)
                .content(content(body))
                .build();
    }

    private static MessageContent content(JsonBody body) {
        MessageContent.Builder builder = MessageContent.builder()
                .data(body.data("data").orElse(null))
                .replyTo(body.object("replyTo").map(MessageEndpoints::reference).orElse(null))
                .mentions(body.texts("mentions").stream()
                        .map(each -> named("mentions", () -> UserId.of(each)))
                        .toList())
                .attachments(AttachmentJson.read(body));
        body.optionalText("type").ifPresent(builder::type);
        MessageContent content =
                builder.text(body.optionalText("text").orElse("")).build();
        // Without a text the answer says that it is missing.
        return content.needsText() ? content.toBuilder().text(body.text("text")).build() : content;
    }

    private static MessageRef reference(JsonBody body) {
        body.allowOnly("from", "msgId");
        return new MessageRef(
                named("replyTo.from", () -> UserId.of(body.text("from"))),
                named("replyTo.msgId", () -> MessageId.of(body.text("msgId"))));
    }

    /** Returns a value; a refusal names its field. */
    private static <T> T named(String field, Supplier<T> value) {
        try {
            return value.get();
        } catch (ChatException e) {
            throw new ChatException(e.code(), field + ": " + e.detail(), e);
        }
    }

    private static HttpResponse answer(MessageId id, SendResult result) {
        ObjectNode json = RestJson.object()
                .put("msgId", id.value())
                .put("storedAt", RestJson.time(result.storedAt()))
                .put("duplicate", result.duplicate());
        return RestResponses.json(result.duplicate() ? 200 : 201, json);
    }
}
