package io.webchat.examples.server.http;

import io.webchat.socketio.http.HttpRequest;
import io.webchat.socketio.http.HttpResponse;
import io.webchat.socketio.http.JsonBody;
import io.webchat.socketio.http.Problem;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** What the routes of this server beside those of the chat have in common. Nobody stores their responses. */
final class ServerRoute {
    private ServerRoute() {}

    /** Runs a route; its failures become responses. */
    static CompletionStage<HttpResponse> answer(
            HttpRequest request, Function<HttpRequest, CompletionStage<HttpResponse>> route) {
        return CompletableFuture.completedStage(request)
                .thenCompose(route)
                .exceptionallyCompose(failure -> Refusals.of(request, failure))
                .thenApply(response -> response.withHeader("Cache-Control", "no-store"));
    }

    /** Hands the body to a route, unless it is no plain JSON. */
    static CompletionStage<HttpResponse> withBody(
            HttpRequest request, Function<JsonBody, CompletionStage<HttpResponse>> route) {
        if (request.body().length > 0 && !JsonBody.isPlainJson(request)) {
            return CompletableFuture.completedStage(
                    Problem.of(415, "bad_request", JsonBody.MEDIA_TYPE_RULE, request.id()));
        }
        return route.apply(JsonBody.of(request));
    }
}
