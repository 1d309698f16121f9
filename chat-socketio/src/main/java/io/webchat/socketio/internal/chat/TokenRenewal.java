package io.webchat.socketio.internal.chat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.webchat.core.ChatException;
import io.webchat.core.ChatSession;
import io.webchat.core.ErrorCode;
import io.webchat.core.spi.support.Failures;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renews the session of a connection when its client sends a new token with the event {@code auth}. */
final class TokenRenewal {
    static final String EVENT = "auth";

    private static final Logger LOG = LoggerFactory.getLogger(TokenRenewal.class);
    private static final JsonFactory JSON = new JsonFactory();
    private static final long TIMEOUT_SECONDS = 10;

    private final ConnectionRegistry registry;
    private final AtomicBoolean pending = new AtomicBoolean();

    TokenRenewal(ConnectionRegistry registry) {
        this.registry = registry;
    }

    /**
     * Renews the session. One renewal at a time, because each one costs the authenticator a check.
     *
     * @param json the argument of the event: {@code {"token":"…"}}
     * @return fails with a {@link ChatException}
     * @throws ChatException when the argument is malformed or another renewal has not ended
     */
    CompletionStage<Void> renew(ChatSession session, byte[] json) {
        String token = token(json);
        if (!pending.compareAndSet(false, true)) {
            throw new ChatException(ErrorCode.RATE_LIMITED, "another token is being checked");
        }
        // A separate stage: the authenticator may share its own with other callers, so the time-out must not end it.
        return CompletableFuture.completedStage(token)
                .thenCompose(registry::authenticate)
                .thenApply(Function.identity())
                .toCompletableFuture()
                .orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .thenCompose(session::renew)
                .whenComplete((done, failure) -> pending.set(false))
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(visible(failure)));
    }

    private static String token(byte[] json) {
        String token = null;
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean named = parser.currentName().equals("token");
                boolean text = parser.nextToken() == JsonToken.VALUE_STRING;
                if (named && text) {
                    token = parser.getText();
                } else {
                    parser.skipChildren();
                }
            }
        } catch (IOException e) {
            throw new ChatException(ErrorCode.BAD_REQUEST, "the argument is not a JSON object", e);
        }
        return required(token);
    }

    private static String required(@Nullable String token) {
        if (token == null) {
            throw new ChatException(ErrorCode.BAD_REQUEST, "token is missing");
        }
        return token;
    }

    private static ChatException visible(Throwable failure) {
        Throwable cause = Failures.unwrap(failure);
        if (cause instanceof ChatException known) {
            return known;
        }
        if (cause instanceof TimeoutException) {
            return new ChatException(ErrorCode.UNAVAILABLE, "the token could not be checked in time");
        }
        LOG.info("Refused a new token, because the authenticator failed: {}", String.valueOf(cause));
        LOG.debug("The failure of the authenticator", cause);
        return new ChatException(ErrorCode.UNAUTHORIZED, "the token was refused", cause);
    }
}
