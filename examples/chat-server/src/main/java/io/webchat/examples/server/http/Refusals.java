package io.webchat.examples.server.http;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.spi.support.Failures;
import io.webchat.socketio.http.HttpRequest;
import io.webchat.socketio.http.HttpResponse;
import io.webchat.socketio.http.MalformedBodyException;
import io.webchat.socketio.http.Problem;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The answers of this server's own routes to requests that fail. */
final class Refusals {
    private static final Duration SOON = Duration.ofSeconds(1);

    private Refusals() {}

    /** A problem for a failure of a known kind, with {@code Retry-After} if a retry helps; others fail on. */
    static CompletionStage<HttpResponse> of(HttpRequest request, Throwable failure) {
        Throwable cause = Failures.unwrap(failure);
        if (cause instanceof MalformedBodyException malformed) {
            return CompletableFuture.completedStage(
                    of(request, new ChatException(ErrorCode.BAD_REQUEST, malformed.detail())));
        }
        return cause instanceof ChatException known
                ? CompletableFuture.completedStage(of(request, known))
                : CompletableFuture.failedStage(cause);
    }

    private static HttpResponse of(HttpRequest request, ChatException failure) {
        int status = switch (failure.code()) {
            case BAD_REQUEST -> 400;
            case UNAUTHORIZED -> 401;
            case FORBIDDEN -> 403;
            case NOT_FOUND -> 404;
            case RATE_LIMITED -> 429;
            case UNAVAILABLE, QUEUE_FULL -> 503;
            default -> 500;
        };
        HttpResponse problem = Problem.of(status, failure.code().wire(), failure.detail(), request.id());
        return failure.code().retryable()
                ? problem.withHeader("Retry-After", seconds(failure.retryAfter().orElse(SOON)))
                : problem;
    }

    /** Rounded up: who comes a moment too early is refused again. */
    private static String seconds(Duration wait) {
        return Long.toString(wait.plusMillis(999).toSeconds());
    }
}
