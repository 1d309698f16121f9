package io.webchat.core.memory;

import io.webchat.core.ChatException;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.AdditionPolicy;
import io.webchat.core.spi.rooms.RoomConsent;
import io.webchat.core.spi.rooms.RoomConsentStore;
import io.webchat.core.spi.rooms.UserConsents;
import io.webchat.core.spi.support.ByteBudget;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The rooms that users must agree to join. They count in the budget of the rooms. Beyond it policies and invitations
 * fail with {@code queue_full}; that a user has left is always remembered, because the member's memory is free then.
 * Stages are complete when they are returned.
 */
final class MemoryRoomConsents implements RoomConsentStore {
    private static final UserConsents NONE = new UserConsents(AdditionPolicy.ALLOW, List.of());

    /** Immutable values, replaced as a whole; users without an entry are absent. */
    private final Map<UserId, UserConsents> users = new ConcurrentHashMap<>();

    private final ByteBudget budget;

    MemoryRoomConsents(ByteBudget budget) {
        this.budget = budget;
    }

    @Override
    public CompletionStage<UserConsents> consents(UserId user) {
        return CompletableFuture.completedFuture(users.getOrDefault(user, NONE));
    }

    @Override
    public CompletionStage<Void> setPolicy(UserId user, AdditionPolicy policy) {
        return change(user, budget::take, before -> new UserConsents(policy, before.rooms()));
    }

    @Override
    public CompletionStage<Void> save(UserId user, RoomConsent consent) {
        return change(
                user,
                consent.state() == RoomConsent.State.LEFT ? budget::add : budget::take,
                before -> new UserConsents(
                        before.policy(),
                        Stream.concat(without(before, consent.room()), Stream.of(consent))
                                .sorted(Comparator.comparing(each -> each.room().value()))
                                .toList()));
    }

    @Override
    public CompletionStage<Void> forget(UserId user, RoomId room) {
        return change(
                user,
                budget::add,
                before ->
                        new UserConsents(before.policy(), without(before, room).toList()));
    }

    private static Stream<RoomConsent> without(UserConsents consents, RoomId room) {
        return consents.rooms().stream().filter(each -> !each.room().equals(room));
    }

    /**
     * Changes the consents of a user.
     *
     * @param grown gets the number of bytes more, or less if negative; may refuse them by throwing
     */
    private CompletionStage<Void> change(UserId user, LongConsumer grown, UnaryOperator<UserConsents> step) {
        try {
            users.compute(user, (any, before) -> {
                UserConsents changed = step.apply(before == null ? NONE : before);
                UserConsents after = changed.equals(NONE) ? null : changed;
                grown.accept(HeapSize.of(after) - HeapSize.of(before));
                return after;
            });
            return CompletableFuture.completedFuture(null);
        } catch (ChatException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
