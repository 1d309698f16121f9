package io.webchat.socketio.internal.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.webchat.core.Chat;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.Profile;
import io.webchat.core.Profiles;
import io.webchat.core.ids.UserId;
import io.webchat.socketio.http.HttpResponse;
import io.webchat.socketio.http.JsonBody;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/** Profiles of users, and the users that they block. */
final class ProfileEndpoints {
    private static final String USER = "userId";

    private final Chat chat;
    private final Profiles profiles;

    private ProfileEndpoints(Chat chat) {
        this.chat = chat;
        this.profiles = chat.profiles();
    }

    static List<RestEndpoint> of(Chat chat) {
        ProfileEndpoints endpoints = new ProfileEndpoints(chat);
        return List.of(
                RestEndpoint.put("/v1/profiles/" + RestCall.ME, RestEndpoint.Input.NEEDED, endpoints::put),
                RestEndpoint.get("/v1/profiles/{userId}", endpoints::find),
                RestEndpoint.get("/v1/blocks", endpoints::blocks),
                RestEndpoint.put("/v1/blocks/{userId}", RestEndpoint.Input.UNREAD, endpoints::block),
                RestEndpoint.delete("/v1/blocks/{userId}", endpoints::unblock));
    }

    private CompletionStage<HttpResponse> put(RestCall call) {
        JsonBody body = call.body();
        Profile profile = new Profile(body.text("name"), body.map("attributes"));
        return profiles.put(call.user(), profile)
                .thenApply(done -> RestResponses.json(200, json(call.user(), profile)));
    }

    private CompletionStage<HttpResponse> find(RestCall call) {
        UserId user = call.user(USER);
        return chat.profiles(call.principal())
                .find(call.user(), user)
                .thenApply(found -> found.map(profile -> RestResponses.json(200, json(user, profile)))
                        .orElseThrow(() -> new ChatException(ErrorCode.NOT_FOUND, "there is no such profile")));
    }

    private CompletionStage<HttpResponse> blocks(RestCall call) {
        return profiles.blocks(call.user())
                .thenApply(all -> CollectionPages.page(all, UserId::value, call))
                .thenApply(page -> RestResponses.json(
                        200, RestJson.page(page, user -> RestJson.object().put(USER, user.value()))));
    }

    private CompletionStage<HttpResponse> block(RestCall call) {
        return profiles.block(call.user(), call.user(USER)).thenApply(done -> RestResponses.noContent());
    }

    private CompletionStage<HttpResponse> unblock(RestCall call) {
        return profiles.unblock(call.user(), call.user(USER)).thenApply(done -> RestResponses.noContent());
    }

    private static ObjectNode json(UserId user, Profile profile) {
        ObjectNode json = RestJson.object().put(USER, user.value()).put("name", profile.name());
        ObjectNode attributes = json.putObject("attributes");
        new TreeMap<>(profile.attributes()).forEach(attributes::put);
        return json;
    }
}
