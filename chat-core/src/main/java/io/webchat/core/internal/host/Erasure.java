package io.webchat.core.internal.host;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.ids.UserId;
import io.webchat.core.internal.async.Fanout;
import io.webchat.core.internal.backend.BackendCalls;
import io.webchat.core.internal.send.Permissions;
import io.webchat.core.rooms.AdditionPolicy;
import io.webchat.core.rooms.HostRooms;
import io.webchat.core.rooms.Membership;
import io.webchat.core.rooms.Room;
import io.webchat.core.rooms.RoomMember;
import io.webchat.core.spi.rooms.RoomConsent;
import io.webchat.core.spi.support.Failures;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Erases a user: first the events that wait in the queues of others, then the rooms, the call log and everything else.
 * The call log names the others, so it goes after their queues, and a repetition after a failure finds
 * them again. Messages that were accepted meanwhile are found by a second round.
 */
final class Erasure {
    private static final int MAX_PARALLEL = 16;
    private static final int MAX_ROUNDS = 3;

    private final BackendCalls backends;
    private final Permissions permissions;
    private final HostRooms rooms;

    Erasure(BackendCalls backends, Permissions permissions, HostRooms rooms) {
        this.backends = backends;
        this.permissions = permissions;
        this.rooms = rooms;
    }

    /** Erases the user, whose sessions have ended. */
    CompletableFuture<Void> of(UserId user) {
        return backends.erases()
                ? round(user, 1)
                : CompletableFuture.failedFuture(
                        new ChatException(ErrorCode.FORBIDDEN, "a store of this server cannot remove what it has"));
    }

    private CompletableFuture<Void> round(UserId user, int number) {
        Set<UserId> others = new HashSet<>();
        return backends.rooms("roomsOf", store -> store.roomsOf(user))
                .thenCompose(memberships -> backends.partners(user)
                        .thenAccept(others::addAll)
                        .thenCompose(done -> inTurn(memberships, each -> members(each, others)))
                        .thenCompose(done -> {
                            others.remove(user);
                            boolean found = !others.isEmpty() || !memberships.isEmpty();
                            return found || number == 1
                                    ? erase(user, memberships, others).thenApply(erased -> found)
                                    : CompletableFuture.completedFuture(false);
                        }))
                .thenCompose(found -> found && number < MAX_ROUNDS
                        ? round(user, number + 1)
                        : CompletableFuture.completedFuture(null));
    }

    private CompletableFuture<Void> members(Membership membership, Set<UserId> others) {
        return backends.rooms("room", store -> store.find(membership.room()))
                .thenAccept(room -> room.map(Room::members)
                        .orElse(List.of())
                        .forEach((RoomMember each) -> others.add(each.user())));
    }

    private CompletableFuture<Void> erase(UserId user, List<Membership> memberships, Set<UserId> others) {
        return Fanout.over(List.copyOf(others), MAX_PARALLEL, each -> backends.eraseEvents(each, user))
                .done()
                .thenCompose(done -> inTurn(memberships, each -> leave(each, user)))
                .thenCompose(done -> backends.eraseLog(user))
                .thenCompose(done -> backends.clearQueue(user))
                .thenCompose(done -> consents(user))
                .thenCompose(done -> files(user))
                .thenCompose(done -> backends.removeProfile(user))
                .whenComplete((done, failure) -> permissions.onBlocksChanged(user));
    }

    /** Deletes the user's files, those of messages in rooms included. */
    private CompletableFuture<Void> files(UserId user) {
        return backends.attachments().hasStore()
                ? backends.attachments()
                        .list(user)
                        .thenCompose(found -> Fanout.over(
                                        found,
                                        MAX_PARALLEL,
                                        each -> backends.attachments().delete(each))
                                .done())
                : CompletableFuture.completedFuture(null);
    }

    private CompletableFuture<Void> leave(Membership membership, UserId user) {
        return rooms.remove(membership.room(), user)
                .toCompletableFuture()
                .handle((removed, failure) -> Optional.ofNullable(failure))
                .thenCompose(failure -> failure.isEmpty() || isGone(failure.get())
                        ? CompletableFuture.completedFuture(null)
                        : CompletableFuture.failedFuture(failure.get()));
    }

    private static boolean isGone(Throwable failure) {
        return Failures.unwrap(failure) instanceof ChatException known && known.code() == ErrorCode.NOT_FOUND;
    }

    private CompletableFuture<Void> consents(UserId user) {
        if (!backends.keepsConsents()) {
            return CompletableFuture.completedFuture(null);
        }
        return backends.consents("consents", store -> store.consents(user))
                .thenCompose(found -> inTurn(found.rooms(), each -> forget(user, each))
                        .thenCompose(done -> found.policy() == AdditionPolicy.ALLOW
                                ? CompletableFuture.completedFuture(null)
                                : backends.consents(
                                        "setPolicy", store -> store.setPolicy(user, AdditionPolicy.ALLOW))));
    }

    private CompletableFuture<Void> forget(UserId user, RoomConsent consent) {
        return backends.consents("forget", store -> store.forget(user, consent.room()));
    }

    private static <T> CompletableFuture<Void> inTurn(List<T> items, Function<T, CompletableFuture<Void>> step) {
        return Fanout.over(items, 1, step).done();
    }
}
