package io.webchat.socketio.internal.rest;

import io.webchat.core.Chat;
import io.webchat.core.calllog.CallLogs;
import io.webchat.core.events.MessageRef;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.socketio.http.HttpResponse;
import io.webchat.socketio.http.JsonBody;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Conversations and their messages. */
final class CallLogEndpoints {
    private static final String ID = "conversationId";

    private final CallLogs logs;
    private final CallLogJson json;

    private CallLogEndpoints(Chat chat) {
        logs = chat.callLogs();
        json = new CallLogJson(logs);
    }

    static List<RestEndpoint> of(Chat chat) {
        CallLogEndpoints endpoints = new CallLogEndpoints(chat);
        return List.of(
                RestEndpoint.get("/v1/call-logs", endpoints::list),
                RestEndpoint.get("/v1/call-logs/{conversationId}/messages", endpoints::messages),
                RestEndpoint.get("/v1/call-logs/{conversationId}/messages/{msgId}/receipts", endpoints::receipts),
                RestEndpoint.put(
                        "/v1/call-logs/{conversationId}/displayed", RestEndpoint.Input.NEEDED, endpoints::display),
                RestEndpoint.get("/v1/unread", endpoints::unread),
                RestEndpoint.delete("/v1/call-logs/{conversationId}", endpoints::remove));
    }

    private CompletionStage<HttpResponse> list(RestCall call) {
        return logs.conversations(call.user(), call.limit(), call.cursor("cursor"))
                .thenApply(page -> RestResponses.json(200, RestJson.page(page, each -> json.entry(each, call.user()))));
    }

    private CompletionStage<HttpResponse> messages(RestCall call) {
        ConversationId id = call.id(ID, ConversationId::of);
        return logs.messages(call.user(), id, call.limit(), call.cursor("before"), call.cursor("after"))
                .thenCompose(page -> logs.quotes(call.user(), id, page.items())
                        .thenApply(quotes ->
                                RestResponses.json(200, RestJson.page(page, each -> json.message(each, quotes)))));
    }

    private CompletionStage<HttpResponse> receipts(RestCall call) {
        return logs.receipts(call.user(), call.id(ID, ConversationId::of), call.id("msgId", MessageId::of))
                .thenApply(receipts -> RestResponses.json(200, CallLogJson.receipts(receipts)));
    }

    private CompletionStage<HttpResponse> display(RestCall call) {
        JsonBody body = call.body();
        body.allowOnly("from", "msgId");
        MessageRef message = new MessageRef(UserId.of(body.text("from")), MessageId.of(body.text("msgId")));
        return logs.display(call.user(), call.id(ID, ConversationId::of), message)
                .thenApply(done -> RestResponses.noContent());
    }

    private CompletionStage<HttpResponse> unread(RestCall call) {
        return logs.unread(call.user()).thenApply(totals -> RestResponses.json(200, CallLogJson.unread(totals)));
    }

    private CompletionStage<HttpResponse> remove(RestCall call) {
        return logs.remove(call.user(), call.id(ID, ConversationId::of), call.cursor("upTo"))
                .thenApply(done -> RestResponses.noContent());
    }
}
