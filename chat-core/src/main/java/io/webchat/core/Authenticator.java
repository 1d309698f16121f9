package io.webchat.core;

import java.util.concurrent.CompletionStage;

/** Tells who holds a token. Transports ask it before they open a session. */
@FunctionalInterface
public interface Authenticator {
    /**
     * The user that the token belongs to. Called from event-loop threads: it must not block. Whatever it
     * fails with, the client is refused; a {@link ChatException} of {@code unauthorized} tells the client
     * why, {@code unavailable} to try again.
     */
    CompletionStage<UserId> authenticate(String token);
}
