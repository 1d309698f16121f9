package io.webchat.socketio.internal.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.webchat.core.Chat;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.SendResult;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.AmendmentBuilder;
import io.webchat.core.events.MessageContent;
import io.webchat.core.events.MessageRef;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.socketio.http.HttpResponse;
import io.webchat.socketio.http.JsonBody;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Edits and deletes messages, and reacts to them, without a session. */
final class AmendmentEndpoints {
    private static final String MESSAGE = "/v1/call-logs/{conversationId}/messages/{from}/{msgId}";

    private final Chat chat;

    private AmendmentEndpoints(Chat chat) {
        this.chat = chat;
    }

    static List<RestEndpoint> of(Chat chat) {
        AmendmentEndpoints endpoints = new AmendmentEndpoints(chat);
        return List.of(
                RestEndpoint.put(MESSAGE, RestEndpoint.Input.NEEDED, endpoints::edit)
                        .unmetered(),
                RestEndpoint.delete(MESSAGE, endpoints::delete).unmetered(),
                RestEndpoint.post(MESSAGE + "/reactions", endpoints::react).unmetered());
    }

    private CompletionStage<HttpResponse> edit(RestCall call) {
        JsonBody body = call.body();
        body.allowOnly("msgId", "text", "data", "mentions", "attachments");
        MessageContent content = MessageContent.builder()
                .text(body.optionalText("text").orElse(""))
                .data(body.data("data").orElse(null))
                .mentions(body.texts("mentions").stream().map(UserId::of).toList())
                .attachments(AttachmentJson.read(body))
                .build();
        return send(call, begin(call, body.optionalText("msgId").orElse(null)).edit(content));
    }

    private CompletionStage<HttpResponse> delete(RestCall call) {
        return send(
                call, begin(call, call.request().query("msgId").orElse(null)).delete());
    }

    private CompletionStage<HttpResponse> react(RestCall call) {
        JsonBody body = call.body();
        body.allowOnly("msgId", "reaction", "remove");
        Amendment.React react = new Amendment.React(body.text("reaction"), body.flag("remove", false));
        return send(call, begin(call, body.optionalText("msgId").orElse(null)).change(react));
    }

    private static AmendmentBuilder begin(RestCall call, @Nullable String ownId) {
        ConversationId conversation = call.id("conversationId", ConversationId::of);
        MessageRef about = new MessageRef(call.user("from"), call.id("msgId", MessageId::of));
        AmendmentBuilder amendment = Amendment.by(call.user()).about(about);
        if (ownId != null) {
            amendment.id(MessageId.of(ownId));
        }
        if (conversation.roomId().isPresent()) {
            return amendment.in(conversation.roomId().get());
        }
        if (!conversation.users().contains(call.user())) {
            throw new ChatException(ErrorCode.NOT_FOUND, "there is no such conversation");
        }
        conversation.users().stream().filter(each -> !each.equals(call.user())).forEach(amendment::to);
        return amendment;
    }

    private CompletionStage<HttpResponse> send(RestCall call, Amendment amendment) {
        return chat.send(call.principal(), amendment).thenApply(result -> answer(amendment.id(), result));
    }

    private static HttpResponse answer(MessageId id, SendResult result) {
        ObjectNode json = RestJson.object()
                .put("msgId", id.value())
                .put("storedAt", RestJson.time(result.storedAt()))
                .put("duplicate", result.duplicate());
        return RestResponses.json(200, json);
    }
}
