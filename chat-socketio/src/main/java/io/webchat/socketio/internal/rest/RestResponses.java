package io.webchat.socketio.internal.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.spi.support.Failures;
import io.webchat.socketio.http.HttpRequest;
import io.webchat.socketio.http.HttpResponse;
import io.webchat.socketio.http.MalformedBodyException;
import io.webchat.socketio.http.Problem;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the responses of the REST API: JSON, or a problem for each kind of failure. */
final class RestResponses {
    private static final Logger LOG = LoggerFactory.getLogger(RestResponses.class);
    private static final Duration SOON = Duration.ofSeconds(1);

    private RestResponses() {}

    static HttpResponse json(int status, ObjectNode body) {
        try {
            return HttpResponse.of(status, "application/json", RestJson.MAPPER.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts and numbers can be written", e);
        }
    }

    static HttpResponse noContent() {
        return HttpResponse.of(204);
    }

    /** Returns the problem for a failure. Logs a failure that is not a {@link ChatException}. */
    static HttpResponse failed(HttpRequest request, Throwable failure) {
        Throwable cause = Failures.unwrap(failure);
        if (cause instanceof ChatException visible) {
            return failed(request, visible);
        }
        if (cause instanceof MalformedBodyException malformed) {
            return failed(request, new ChatException(ErrorCode.BAD_REQUEST, malformed.detail()));
        }
        if (cause instanceof UnsupportedMediaTypeException unsupported) {
            return Problem.of(415, ErrorCode.BAD_REQUEST.wire(), unsupported.detail(), request.id());
        }
        if (cause instanceof TimeoutException) {
            return failed(request, new ChatException(ErrorCode.UNAVAILABLE, "the server did not answer in time"));
        }
        LOG.warn("Request {} failed", request.id(), cause);
        return Problem.of(500, ErrorCode.INTERNAL.wire(), "the server failed; its log has the details", request.id());
    }

    private static HttpResponse failed(HttpRequest request, ChatException failure) {
        int status = status(failure.code());
        if (status == 500) {
            LOG.warn("Request {} failed: {}", request.id(), failure.detail(), failure.getCause());
        } else if (status > 500) {
            // Without the cause: while a backend is down, every request logs this line.
            LOG.info("Request {} failed: {}", request.id(), failure.detail());
        }
        HttpResponse problem = Problem.of(status, failure.code().wire(), failure.detail(), request.id());
        if (status == 401) {
            return problem.withHeader("WWW-Authenticate", challenge(request));
        }
        boolean later = status == 429 || status == 503;
        return later
                ? problem.withHeader("Retry-After", seconds(failure.retryAfter().orElse(SOON)))
                : problem;
    }

    static int status(ErrorCode code) {
        return switch (code) {
            case BAD_REQUEST -> 400;
            case UNAUTHORIZED -> 401;
            case FORBIDDEN, REJECTED -> 403;
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case TOO_LARGE -> 413;
            case RATE_LIMITED -> 429;
            case QUEUE_FULL, UNAVAILABLE -> 503;
            case INTERNAL -> 500;
        };
    }

    /** By RFC 6750, the challenge names an error only if the request had a token. */
    private static String challenge(HttpRequest request) {
        String realm = "Bearer realm=\"webchat\"";
        return request.header("Authorization").isPresent() ? realm + ", error=\"invalid_token\"" : realm;
    }

    /** Returns whole seconds, rounded up: an earlier retry would fail again. */
    private static String seconds(Duration time) {
        return Long.toString(Math.max(1, time.plusNanos(999_999_999).toSeconds()));
    }
}
