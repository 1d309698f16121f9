package io.webchat.core.memory;

import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.AdditionPolicy;
import io.webchat.core.spi.rooms.RoomConsent;
import io.webchat.core.spi.rooms.RoomConsentStore;
import io.webchat.core.spi.rooms.UserConsents;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** The rooms that users must agree to join. Stages are complete when they are returned. */
final class MemoryRoomConsents implements RoomConsentStore {
    private static final UserConsents NONE = new UserConsents(AdditionPolicy.ALLOW, List.of());

    /** Immutable values, replaced as a whole; users without an entry are absent. */
    private final Map<UserId, UserConsents> users = new ConcurrentHashMap<>();

    @Override
    public CompletionStage<UserConsents> consents(UserId user) {
        return CompletableFuture.completedFuture(users.getOrDefault(user, NONE));
    }

    @Override
    public CompletionStage<Void> setPolicy(UserId user, AdditionPolicy policy) {
        return change(user, before -> new UserConsents(policy, before.rooms()));
    }

    @Override
    public CompletionStage<Void> save(UserId user, RoomConsent consent) {
        return change(
                user,
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
                before ->
                        new UserConsents(before.policy(), without(before, room).toList()));
    }

    private static Stream<RoomConsent> without(UserConsents consents, RoomId room) {
        return consents.rooms().stream().filter(each -> !each.room().equals(room));
    }

    private CompletionStage<Void> change(UserId user, Function<UserConsents, UserConsents> step) {
        users.compute(user, (any, before) -> {
            UserConsents after = step.apply(before == null ? NONE : before);
            return after.equals(NONE) ? null : after;
        });
        return CompletableFuture.completedFuture(null);
    }
}
