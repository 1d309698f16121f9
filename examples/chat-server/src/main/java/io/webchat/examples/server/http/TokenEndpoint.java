package io.webchat.examples.server.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.spi.support.Failures;
import io.webchat.socketio.http.HttpHandler;
import io.webchat.socketio.http.HttpRequest;
import io.webchat.socketio.http.HttpResponse;
import io.webchat.socketio.http.Problem;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@code POST /v1/token} with a token in {@code Authorization: Bearer}: gives a new token for it. */
public final class TokenEndpoint implements HttpHandler {
    private static final String BEARER = "Bearer ";

    private final ObjectMapper json = new ObjectMapper();
    private final Tokens tokens;

    /** A renewal of these tokens. */
    public TokenEndpoint(Tokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        return CompletableFuture.completedStage(request)
                .thenCompose(this::renew)
                .exceptionallyCompose(failure -> refusal(request, Failures.unwrap(failure)))
                .thenApply(answer -> answer.withHeader("Cache-Control", "no-store"));
    }

    private CompletionStage<HttpResponse> renew(HttpRequest request) {
        String header = request.header("Authorization").orElse("");
        if (!header.startsWith(BEARER)) {
            throw new ChatException(ErrorCode.UNAUTHORIZED, "a bearer token is required");
        }
        return tokens.renew(header.substring(BEARER.length()).strip())
                .thenApply(issued -> HttpResponse.json(
                        200,
                        json.createObjectNode()
                                .put("token", issued.token())
                                .put("expiresAt", issued.expiresAt().toString())
                                .toString()));
    }

    private static CompletionStage<HttpResponse> refusal(HttpRequest request, Throwable cause) {
        return cause instanceof ChatException known
                ? CompletableFuture.completedStage(
                        Problem.of(401, ErrorCode.UNAUTHORIZED.wire(), known.detail(), request.id()))
                : CompletableFuture.failedStage(cause);
    }
}
