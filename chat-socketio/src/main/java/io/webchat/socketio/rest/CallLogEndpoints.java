package io.webchat.socketio.rest;

import io.webchat.core.CallLogs;
import io.webchat.core.Chat;
import io.webchat.core.ConversationId;
import io.webchat.socketio.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Conversations and their messages. */
final class CallLogEndpoints {
    private static final String ID = "conversationId";

    private final CallLogs logs;
    private final LogJson json;

    private CallLogEndpoints(Chat chat) {
        logs = chat.callLogs();
        json = new LogJson(logs);
    }

    static List<Endpoint> of(Chat chat) {
        CallLogEndpoints its = new CallLogEndpoints(chat);
        return List.of(
                Endpoint.get("/v1/call-logs", its::list),
                Endpoint.get("/v1/call-logs/{conversationId}/messages", its::messages),
                Endpoint.delete("/v1/call-logs/{conversationId}", its::remove));
    }

    private CompletionStage<HttpResponse> list(Call call) {
        return logs.conversations(call.user(), call.limit(), call.cursor("cursor"))
                .thenApply(page -> Answers.json(200, RestJson.page(page, each -> json.entry(each, call.user()))));
    }

    private CompletionStage<HttpResponse> messages(Call call) {
        ConversationId id = call.id(ID, ConversationId::of);
        return logs.messages(call.user(), id, call.limit(), call.cursor("before"), call.cursor("after"))
                .thenApply(page -> Answers.json(200, RestJson.page(page, json::message)));
    }

    private CompletionStage<HttpResponse> remove(Call call) {
        return logs.remove(call.user(), call.id(ID, ConversationId::of)).thenApply(done -> Answers.none());
    }
}
