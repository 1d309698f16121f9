package io.webchat.socketio.internal.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.webchat.core.Chat;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.Presence;
import io.webchat.core.UserPresence;
import io.webchat.core.ids.UserId;
import io.webchat.socketio.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Tells which users are connected, and when the others were. */
final class PresenceEndpoints {
    private static final String USER = "user";

    private final Chat chat;

    private PresenceEndpoints(Chat chat) {
        this.chat = chat;
    }

    static List<RestEndpoint> of(Chat chat) {
        return List.of(RestEndpoint.get("/v1/presence", new PresenceEndpoints(chat)::list));
    }

    private CompletionStage<HttpResponse> list(RestCall call) {
        List<String> named = call.request().queries(USER);
        if (named.isEmpty() || named.size() > Presence.MAX_USERS) {
            throw new ChatException(
                    ErrorCode.BAD_REQUEST, "give the parameter " + USER + " 1 to " + Presence.MAX_USERS + " times");
        }
        List<UserId> users = named.stream().map(UserId::of).distinct().toList();
        return chat.presence(call.principal())
                .states(call.user(), users)
                .thenApply(states -> RestResponses.json(200, json(states)));
    }

    private static ObjectNode json(List<UserPresence> states) {
        ObjectNode json = RestJson.object();
        ArrayNode items = json.putArray("items");
        for (UserPresence each : states) {
            ObjectNode item =
                    items.addObject().put("userId", each.user().value()).put("online", each.online());
            if (each.lastSeenAt() > 0) {
                item.put("lastSeenAt", RestJson.time(each.lastSeenAt()));
            }
        }
        return json;
    }
}
