package io.webchat.core.spi;

import io.webchat.core.Profile;
import io.webchat.core.ids.UserId;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** The store of profiles and blocks. After a change has completed, every later read on any node sees it. */
public interface ProfileStore {
    /** Replaces the user's whole profile. */
    CompletionStage<Void> save(UserId user, Profile profile);

    /** Returns the user's profile. */
    CompletionStage<Optional<Profile>> find(UserId user);

    /**
     * Blocks {@code other} for the user. Repeating it has no effect and succeeds even at the limit. Concurrent calls do
     * not lose each other's blocks.
     *
     * @param max the largest number of users that the user may block; beyond it the call fails with {@code too_large}.
     *     Concurrent calls may exceed it
     */
    CompletionStage<Void> block(UserId user, UserId other, int max);

    /** Unblocks {@code other}. Repeating it has no effect. */
    CompletionStage<Void> unblock(UserId user, UserId other);

    /** Returns the users that the user has blocked, in no particular order. */
    CompletionStage<Set<UserId>> blocks(UserId user);
}
