package io.webchat.socketio.internal.rest;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.Principal;
import io.webchat.socketio.http.HttpRequest;
import io.webchat.socketio.internal.auth.TokenAuthentication;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Authenticates a request by the token in {@code Authorization: Bearer}. */
final class BearerAuthentication {
    private static final Pattern HEADER = Pattern.compile("(?i:Bearer) +([\\x21-\\x7e]+)");

    private final TokenAuthentication tokens;

    BearerAuthentication(TokenAuthentication tokens) {
        this.tokens = tokens;
    }

    /** Returns the principal of a request; fails with a {@link ChatException}. */
    CompletionStage<Principal> principal(HttpRequest request) {
        // Two header fields are joined, so that the pattern refuses them: a proxy may have checked only one of them.
        Matcher header = HEADER.matcher(
                String.join(", ", request.headers("Authorization")).strip());
        return header.matches()
                ? tokens.principal(header.group(1), request.remoteAddress())
                : CompletableFuture.failedStage(
                        new ChatException(ErrorCode.UNAUTHORIZED, "a bearer token is required"));
    }
}
