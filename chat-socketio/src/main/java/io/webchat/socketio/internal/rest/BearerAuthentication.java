package io.webchat.socketio.internal.rest;

import io.webchat.core.Authenticator;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.UserId;
import io.webchat.core.spi.support.Failures;
import io.webchat.socketio.http.HttpRequest;
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

/** Who asks: the token of {@code Authorization: Bearer}, held against the authenticator that sessions are, too. */
final class BearerAuthentication {
    private static final Logger LOG = LoggerFactory.getLogger(BearerAuthentication.class);
    private static final Pattern HEADER = Pattern.compile("(?i:Bearer) +([\\x21-\\x7e]+)");
    private static final long TIMEOUT_SECONDS = 10;

    private final Authenticator authenticator;

    BearerAuthentication(Authenticator authenticator) {
        this.authenticator = authenticator;
    }

    /** Fails with what the authenticator fails with, where that is for clients; else with {@code unauthorized}. */
    CompletionStage<UserId> user(HttpRequest request) {
        // Two of them are one list of both, which names nobody; a proxy may have looked at the other one.
        Matcher header = HEADER.matcher(
                String.join(", ", request.headers("Authorization")).strip());
        if (!header.matches()) {
            return CompletableFuture.failedStage(new ChatException(ErrorCode.UNAUTHORIZED, "a bearer token is needed"));
        }
        return CompletableFuture.completedStage(header.group(1))
                .thenCompose(this::ask)
                .handle((user, failure) -> known(request, user, failure));
    }

    private CompletionStage<UserId> ask(String token) {
        // A stage of its own: the time-out must not end what the authenticator may have handed to others as well.
        return authenticator
                .authenticate(token)
                .thenApply(Function.identity())
                .toCompletableFuture()
                .orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    private static UserId known(HttpRequest request, @Nullable UserId user, @Nullable Throwable failure) {
        if (user != null) {
            return user;
        }
        Throwable cause = failure == null ? null : Failures.unwrap(failure);
        if (cause instanceof ChatException known) {
            // Whatever is wrong with a token, the request has none that is right.
            boolean other = known.code().retryable() || known.code() == ErrorCode.FORBIDDEN;
            throw other ? known : new ChatException(ErrorCode.UNAUTHORIZED, known.detail());
        }
        if (cause instanceof TimeoutException) {
            throw new ChatException(ErrorCode.UNAVAILABLE, "the token could not be checked in time");
        }
        LOG.info("Request {} was refused", request.id(), cause);
        throw new ChatException(ErrorCode.UNAUTHORIZED, "the token was refused");
    }
}
