package io.webchat.core;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Reads and changes the profiles and blocks of users. A blocked user cannot send 1:1 messages or typing signals to the
 * user who blocked them. A change holds on other nodes within {@link ChatConfig#permissionCache}. Every stage may fail
 * with {@code unavailable}; then repeating the call is safe.
 */
public interface Profiles {
    /** Replaces the user's profile. */
    CompletionStage<Void> put(UserId user, Profile profile);

    /** Returns the user's profile, which every user may see. */
    CompletionStage<Optional<Profile>> find(UserId user);

    /**
     * Blocks {@code other}: their 1:1 messages and typing signals to {@code user} fail with {@code forbidden}. In rooms
     * both still see each other's messages. Repeating it has no effect.
     *
     * @return fails with {@code bad_request} when both users are the same, and with {@code too_large} beyond {@link
     *     ChatConfig#maxBlocks}
     */
    CompletionStage<Void> block(UserId user, UserId other);

    /** Unblocks {@code other}. Repeating it has no effect. */
    CompletionStage<Void> unblock(UserId user, UserId other);

    /** Returns the users that {@code user} has blocked. */
    CompletionStage<Set<UserId>> blocks(UserId user);
}
