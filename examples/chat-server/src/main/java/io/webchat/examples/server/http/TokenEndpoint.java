package io.webchat.examples.server.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.webchat.examples.server.accounts.Accounts;
import io.webchat.socketio.http.HttpHandler;
import io.webchat.socketio.http.HttpRequest;
import io.webchat.socketio.http.HttpResponse;
import java.util.concurrent.CompletionStage;

/** {@code POST /v1/token} with a token in {@code Authorization: Bearer}: gives a new token for it. */
public final class TokenEndpoint implements HttpHandler {
    private final ObjectMapper json = new ObjectMapper();
    private final Accounts accounts;
    private final Tokens tokens;

    /** A renewal of these tokens, for users of these accounts. */
    public TokenEndpoint(Accounts accounts, Tokens tokens) {
        this.accounts = accounts;
        this.tokens = tokens;
    }

    @Override
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        return ServerRoute.answer(request, this::renew);
    }

    private CompletionStage<HttpResponse> renew(HttpRequest request) {
        return tokens.renew(Bearer.of(request), accounts::passwordChangedAt)
                .thenApply(issued -> HttpResponse.json(
                        200,
                        json.createObjectNode()
                                .put("token", issued.token())
                                .put("expiresAt", issued.expiresAt().toString())
                                .toString()));
    }
}
