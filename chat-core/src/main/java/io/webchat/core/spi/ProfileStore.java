package io.webchat.core.spi;

import io.webchat.core.Profile;
import io.webchat.core.UserId;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * What users tell about themselves, and whose messages they refuse. A change is seen by every read that begins after it
 * has completed, on whatever node.
 */
public interface ProfileStore {
    /** Replaces the user's profile as a whole. */
    CompletionStage<Void> save(UserId user, Profile profile);

    /** The user's profile. */
    CompletionStage<Optional<Profile>> find(UserId user);

    /**
     * The user refuses messages of {@code other}. Repeating it changes nothing, and succeeds where the limit is reached
     * too. Who is blocked at the same moment as another is not lost.
     *
     * @param max how many users they may refuse; where there are as many, one more fails with {@code too_large}. May be
     *     passed by as many as block at the same moment
     */
    CompletionStage<Void> block(UserId user, UserId other, int max);

    /** The user takes messages of {@code other} again. Repeating it changes nothing. */
    CompletionStage<Void> unblock(UserId user, UserId other);

    /** Whom the user refuses, without an order. */
    CompletionStage<Set<UserId>> blocks(UserId user);
}
