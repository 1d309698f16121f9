package io.webchat.core;

import java.util.concurrent.CompletionStage;

/**
 * Finds the user of a token. Transports call it before they open a session, when a client renews its token, and for
 * each REST request.
 */
@FunctionalInterface
public interface Authenticator {
    /**
     * Returns the user of the token, and what the application knows about them. Called from event-loop threads, so it
     * must not block.
     *
     * <pre>{@code
     * token -> CompletableFuture.completedFuture(Principal.of(UserId.of(token)))
     * }</pre>
     *
     * @return the principal; with any failure the client is refused. A {@link ChatException} with {@code unauthorized}
     *     tells the client the reason, and one with {@code unavailable} makes it try again
     */
    CompletionStage<Principal> authenticate(String token);

    /**
     * Whether a check is cheap and asks no other system, as that of one signature is. A transport then asks about every
     * token. Otherwise, while too many tokens of an address are refused, it asks only about those of this address that
     * were valid lately. So wrong tokens do not become a flood of requests to your identity provider.
     */
    default boolean isLocal() {
        return false;
    }
}
