package io.webchat.examples.server.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.UserId;
import io.webchat.core.spi.support.Failures;
import io.webchat.examples.server.accounts.Accounts;
import io.webchat.socketio.http.HttpHandler;
import io.webchat.socketio.http.HttpRequest;
import io.webchat.socketio.http.HttpResponse;
import io.webchat.socketio.http.Problem;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * {@code GET /v1/users/{id}} with a token in {@code Authorization: Bearer}: tells whether somebody has this user id, as
 * {@code {"userId":…,"exists":…}}. Anyone with a token may ask, since whoever tries to make an account learns the same.
 */
public final class UserEndpoint implements HttpHandler {
    /** The path that a user id follows. */
    public static final String PATH = "/v1/users";

    private static final String BEARER = "Bearer ";

    private final ObjectMapper json = new ObjectMapper();
    private final Accounts accounts;
    private final Tokens tokens;

    /** Tells of these accounts whoever has one of these tokens. */
    public UserEndpoint(Accounts accounts, Tokens tokens) {
        this.accounts = accounts;
        this.tokens = tokens;
    }

    @Override
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        return CompletableFuture.completedStage(request)
                .thenCompose(this::tell)
                .exceptionallyCompose(failure -> refusal(request, Failures.unwrap(failure)))
                .thenApply(answer -> answer.withHeader("Cache-Control", "no-store"));
    }

    private CompletionStage<HttpResponse> tell(HttpRequest request) {
        String header = request.header("Authorization").orElse("");
        if (!header.startsWith(BEARER)) {
            throw new ChatException(ErrorCode.UNAUTHORIZED, "a bearer token is required");
        }
        return tokens.authenticate(header.substring(BEARER.length()).strip()).thenCompose(caller -> {
            UserId user = UserId.of(request.path().substring(request.path().lastIndexOf('/') + 1));
            return accounts.exists(user).thenApply(exists -> answer(user, exists));
        });
    }

    private HttpResponse answer(UserId user, boolean exists) {
        return HttpResponse.json(
                200,
                json.createObjectNode()
                        .put("userId", user.value())
                        .put("exists", exists)
                        .toString());
    }

    private static CompletionStage<HttpResponse> refusal(HttpRequest request, Throwable cause) {
        if (!(cause instanceof ChatException known)) {
            return CompletableFuture.failedStage(cause);
        }
        int status = switch (known.code()) {
            case BAD_REQUEST -> 400;
            case UNAUTHORIZED -> 401;
            case UNAVAILABLE -> 503;
            default -> 500;
        };
        return CompletableFuture.completedStage(Problem.of(status, known.code().wire(), known.detail(), request.id()));
    }
}
