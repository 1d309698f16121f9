package io.webchat.core;

import java.util.concurrent.CompletionStage;

/** Finds the user of a token. Transports call it before they open a session. */
@FunctionalInterface
public interface Authenticator {
    /**
     * Returns the user of the token. Called from event-loop threads, so it must not block.
     *
     * @return the user; with any failure the client is refused. A {@link ChatException} with {@code unauthorized} tells
     *     the client the reason, and one with {@code unavailable} makes it try again
     */
    CompletionStage<UserId> authenticate(String token);
}
