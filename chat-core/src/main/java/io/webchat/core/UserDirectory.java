package io.webchat.core;

import io.webchat.core.ids.UserId;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Tells which users exist, implemented by a host that knows all its users. With it, nobody can write to invented users
 * or add them to rooms, so one account cannot fill the store with their queues. Without it, every well-formed id may
 * get messages.
 */
@FunctionalInterface
public interface UserDirectory {
    /** The directory in which every user exists. */
    UserDirectory EVERYBODY = user -> CompletableFuture.completedFuture(true);

    /**
     * Tells whether the user exists. The chat caches the answer for {@link ChatConfig#permissionCache}. Called by
     * several threads, also by event loops, so it must not block.
     *
     * @return whether the user exists. If it fails, or takes longer than {@link ChatConfig#backendTimeout}, the send
     *     fails with {@code unavailable}
     */
    CompletionStage<Boolean> exists(UserId user);

    /**
     * Returns the claims of a user, for a {@link io.webchat.core.policy.ContactPolicy}. By default there are none. A
     * node caches what the policy makes of them for {@link ChatConfig#permissionCache}. Called by several threads of a
     * pool.
     */
    default CompletionStage<Map<String, Object>> claims(UserId user) {
        return CompletableFuture.completedFuture(Map.of());
    }
}
