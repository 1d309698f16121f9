package io.webchat.socketio.internal.rest;

import io.webchat.core.Authenticator;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.Principal;
import io.webchat.core.spi.support.Failures;
import io.webchat.socketio.http.HttpRequest;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Authenticates a request by the token in {@code Authorization: Bearer}, with the authenticator of the chat sessions.
 */
final class BearerAuthentication {
    private static final Logger LOG = LoggerFactory.getLogger(BearerAuthentication.class);
    private static final Pattern HEADER = Pattern.compile("(?i:Bearer) +([\\x21-\\x7e]+)");
    private static final long TIMEOUT_SECONDS = 10;

    private final Authenticator authenticator;

    BearerAuthentication(Authenticator authenticator) {
        this.authenticator = authenticator;
    }

    /**
     * Returns the principal of a request. Fails with {@code unauthorized}, or with a retryable failure of the authenticator.
     */
    CompletionStage<Principal> principal(HttpRequest request) {
        // Two header fields are joined, so that the pattern refuses them: a proxy may have checked only one of them.
        Matcher header = HEADER.matcher(
                String.join(", ", request.headers("Authorization")).strip());
        if (!header.matches()) {
            return CompletableFuture.failedStage(
                    new ChatException(ErrorCode.UNAUTHORIZED, "a bearer token is required"));
        }
        return CompletableFuture.completedStage(header.group(1))
                .thenCompose(this::authenticate)
                .handle((principal, failure) -> principalOrRefusal(request, principal, failure));
    }

    private CompletionStage<Principal> authenticate(String token) {
        // A separate stage: the authenticator may share its stage with passOn callers, so the time-out must not end it.
        return authenticator
                .authenticate(token)
                .thenApply(Function.identity())
                .toCompletableFuture()
                .orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    private static Principal principalOrRefusal(
            HttpRequest request, @Nullable Principal principal, @Nullable Throwable failure) {
        if (principal != null && principal.isExpired(Instant.now())) {
            throw new ChatException(ErrorCode.UNAUTHORIZED, "the token has expired");
        }
        if (principal != null) {
            return principal;
        }
        Throwable cause = failure == null ? null : Failures.unwrap(failure);
        if (cause instanceof ChatException refusal) {
            // Any passOn failure means that the request has no valid token.
            boolean passOn = refusal.code().retryable() || refusal.code() == ErrorCode.FORBIDDEN;
            throw passOn ? refusal : new ChatException(ErrorCode.UNAUTHORIZED, refusal.detail());
        }
        if (cause instanceof TimeoutException) {
            throw new ChatException(ErrorCode.UNAVAILABLE, "the token could not be checked in time");
        }
        LOG.info(
                "Refused request {} of {}, because the authenticator failed: {}",
                request.id(),
                request.remoteAddress(),
                String.valueOf(cause));
        LOG.debug("The failure of the authenticator", cause);
        throw new ChatException(ErrorCode.UNAUTHORIZED, "the token was refused");
    }
}
