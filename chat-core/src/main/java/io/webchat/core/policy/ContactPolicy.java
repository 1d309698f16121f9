package io.webchat.core.policy;

import io.webchat.core.Principal;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Decides who may reach and see whom. Implemented by the application.
 *
 * <p>Without a policy, everyone may write to everyone and add everyone to rooms. Presence, typing and profiles are only
 * for people who have a 1:1 conversation or a room in common. A policy replaces all of that. Blocks apply in any case,
 * and nobody needs permission to see themselves.
 *
 * <p>What is not allowed is answered like something that does not exist: a message and an addition to a room with
 * {@code not_found}, a profile as missing, a user as offline and never seen. A typing signal is answered as one that
 * reached nobody. Inside a room its members decide, not this policy.
 */
@FunctionalInterface
public interface ContactPolicy {
    /** The policy that allows everything. */
    ContactPolicy EVERYBODY = (asker, other, contact) -> CompletableFuture.completedFuture(true);

    /**
     * Whether {@code asker} may reach or see {@code other} in this way. A node caches the answer for {@code
     * ChatConfig.permissionCache}, for each user and their claims. Called by several threads of a pool, never by an
     * event loop, so it may block for a short time.
     *
     * @param asker who asks, with the claims of their token; without claims of their own, those of {@link
     *     io.webchat.core.UserDirectory#claims}
     * @param other the other user, with the claims of {@link io.webchat.core.UserDirectory#claims}
     * @return whether it is allowed. If the policy fails, or takes longer than {@code ChatConfig.policyTimeout}, the
     *     request fails with {@code unavailable}
     */
    CompletionStage<Boolean> allows(Principal asker, Principal other, Contact contact);

    /**
     * Returns the policy that allows everything between users with the same value of this claim, for example {@code
     * tenant}, and nothing to users without one. It needs a {@link io.webchat.core.UserDirectory} with claims.
     */
    static ContactPolicy sameTenant(String claim) {
        return (asker, other, contact) -> CompletableFuture.completedFuture(
                asker.claim(claim) != null && Objects.equals(asker.claim(claim), other.claim(claim)));
    }
}
