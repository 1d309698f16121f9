package io.webchat.core;

import io.webchat.core.ids.UserId;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Reads and changes the profiles and blocks of users. A blocked user does not reach the user who blocked them, and does
 * not see their presence. A change holds on other nodes within {@link ChatConfig#permissionCache}. Every stage may fail
 * with {@code unavailable}; then repeating the call is safe.
 */
public interface Profiles {
    /** Replaces the user's profile. */
    CompletionStage<Void> put(UserId user, Profile profile);

    /** Returns the user's profile, for the application itself. */
    CompletionStage<Optional<Profile>> find(UserId user);

    /**
     * Returns the user's profile as {@code asker} sees it: nothing if the {@link
     * io.webchat.core.policy.ContactPolicy} hides it.
     */
    CompletionStage<Optional<Profile>> find(UserId asker, UserId user);

    /**
     * Blocks {@code other}. Repeating it has no effect.
     * <ul>
     * <li>Their 1:1 messages and typing signals to {@code user} fail with {@code forbidden}.
     * <li>In rooms {@code user} does not get their messages. The history of the room has them.
     * <li>They cannot add {@code user} to a room, nor join an open room of which {@code user} is an owner.
     * <li>They get no receipts, no presence, and no typing signals in rooms of {@code user}. The user's own messages
     *     still reach them.
     * </ul>
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
