package io.webchat.core;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * What users tell about themselves, and whose 1:1 messages and typing they refuse. Other nodes go by a block within
 * {@link ChatConfig#permissionCache}. Every stage may fail with {@code unavailable}; repeating is safe then.
 */
public interface Profiles {
    /** Replaces the user's profile. */
    CompletionStage<Void> put(UserId user, Profile profile);

    /** The user's profile, which everyone may see. */
    CompletionStage<Optional<Profile>> find(UserId user);

    /**
     * {@code user} refuses 1:1 messages and typing of {@code other} from now on, who is told {@code forbidden}. In
     * rooms both see what they write. Repeating it changes nothing.
     *
     * @return fails with {@code bad_request} for oneself, with {@code too_large} beyond {@link ChatConfig#maxBlocks}
     */
    CompletionStage<Void> block(UserId user, UserId other);

    /** {@code user} takes messages of {@code other} again. Repeating it changes nothing. */
    CompletionStage<Void> unblock(UserId user, UserId other);

    /** Whom the user refuses. */
    CompletionStage<Set<UserId>> blocks(UserId user);
}
