package io.webchat.core.spi.rooms;

import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.AdditionPolicy;
import java.util.concurrent.CompletionStage;

/**
 * An ability of a {@link RoomStore}: it remembers which rooms a user must agree to join. A chat whose room store lacks
 * it makes no invitations, and lets owners add again who has left.
 *
 * <p>After a change has completed, every later read on any node sees it. The engine bounds the number of entries.
 */
public interface RoomConsentStore {
    /** Returns the user's policy, {@link AdditionPolicy#ALLOW} if the user has set none, and the user's entries. */
    CompletionStage<UserConsents> consents(UserId user);

    /** Sets the user's policy. */
    CompletionStage<Void> setPolicy(UserId user, AdditionPolicy policy);

    /** Stores the entry, in place of an earlier one of the same room. */
    CompletionStage<Void> save(UserId user, RoomConsent consent);

    /** Removes the entry of this room. Repeating it has no effect. */
    CompletionStage<Void> forget(UserId user, RoomId room);
}
