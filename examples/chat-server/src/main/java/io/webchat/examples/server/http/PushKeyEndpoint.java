package io.webchat.examples.server.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.examples.server.push.VapidKey;
import io.webchat.socketio.http.HttpHandler;
import io.webchat.socketio.http.HttpRequest;
import io.webchat.socketio.http.HttpResponse;
import java.util.concurrent.CompletionStage;

/**
 * {@code GET /v1/push} with a token in {@code Authorization: Bearer}: gives the public key with which a browser
 * subscribes to pushes, as {@code {"publicKey":…}}.
 */
public final class PushKeyEndpoint implements HttpHandler {
    /** The path of this route. */
    public static final String PATH = "/v1/push";

    private final Tokens tokens;
    private final String body;

    /** Gives this key to whoever has one of these tokens. */
    public PushKeyEndpoint(VapidKey key, Tokens tokens) {
        this.tokens = tokens;
        this.body = JsonNodeFactory.instance
                .objectNode()
                .put("publicKey", key.publicKey())
                .toString();
    }

    @Override
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        return ServerRoute.answer(request, this::tell);
    }

    private CompletionStage<HttpResponse> tell(HttpRequest request) {
        if (!request.path().equals(PATH)) {
            throw new ChatException(ErrorCode.NOT_FOUND, "there is nothing at this path");
        }
        return tokens.authenticate(Bearer.of(request)).thenApply(caller -> HttpResponse.json(200, body));
    }
}
