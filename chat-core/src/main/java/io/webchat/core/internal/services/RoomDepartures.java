package io.webchat.core.internal.services;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.ids.UserId;
import io.webchat.core.internal.backend.BackendCalls;
import io.webchat.core.internal.send.Permissions;
import io.webchat.core.rooms.Room;
import io.webchat.core.rooms.RoomMember;
import io.webchat.core.rooms.RoomRole;
import io.webchat.core.spi.rooms.RoomConsent;
import io.webchat.core.spi.rooms.UserConsents;
import io.webchat.core.spi.support.Failures;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Ends memberships and invitations. The room store remembers who left by their own will, so that nobody adds them again
 * without asking.
 */
final class RoomDepartures {
    /** The largest number of left rooms that are remembered for a user; older ones are forgotten. */
    private static final int MAX_LEFT = 1_000;
    /** The largest number of attempts to leave a room whose owners change meanwhile. */
    private static final int MAX_ATTEMPTS = 5;

    private final BackendCalls backends;
    private final RoomWriter writer;
    private final Clock clock;

    RoomDepartures(BackendCalls backends, RoomWriter writer, Clock clock) {
        this.backends = backends;
        this.writer = writer;
        this.clock = clock;
    }

    /** Removes a member, or withdraws an invitation, on behalf of an owner. */
    CompletableFuture<Boolean> remove(Room room, UserId user, UserId owner) {
        RoomActor actor = RoomActor.of(owner);
        return writer.remove(room.id(), user, actor)
                .thenCompose(
                        removed -> removed ? CompletableFuture.completedFuture(true) : withdraw(room, user, actor));
    }

    private CompletableFuture<Boolean> withdraw(Room room, UserId user, RoomActor actor) {
        return endInvitation(room, user).thenCompose(ended -> {
            if (ended) {
                writer.signal(room, "system.uninvited", user, actor);
            }
            return writer.tellEarlier(room.id()).thenApply(done -> ended);
        });
    }

    /** Declines the invitation; fails with {@code not_found} if there is none. */
    CompletableFuture<Boolean> decline(Room room, UserId user) {
        return endInvitation(room, user).thenApply(ended -> {
            if (!ended) {
                throw Permissions.noSuchRoom();
            }
            return true;
        });
    }

    /** An invitation that has ended leaves a trace: the next one to this room is an invitation again. */
    private CompletableFuture<Boolean> endInvitation(Room room, UserId user) {
        if (!backends.keepsConsents()) {
            return CompletableFuture.completedFuture(false);
        }
        return consents(user)
                .thenCompose(found -> RoomAdmission.isInvited(found, room.id())
                        ? remember(found, room, user).thenApply(done -> true)
                        : CompletableFuture.completedFuture(false));
    }

    /** Removes a member who leaves. The last owner hands the room to the member who joined first. */
    CompletableFuture<Boolean> leave(Room room, UserId user) {
        // Remembered before, because an owner could add the user again in between.
        CompletableFuture<Void> remembered =
                backends.keepsConsents() && room.members().size() > 1
                        ? consents(user).thenCompose(found -> remember(found, room, user))
                        : CompletableFuture.completedFuture(null);
        return remembered.thenCompose(done -> leave(room, user, RoomActor.of(user), 1));
    }

    /** Removes a member for the application, even the last owner, who hands the room to the member who joined first. */
    CompletableFuture<Boolean> expel(Room room, UserId user) {
        return leave(room, user, RoomActor.application(successor(room, user).orElse(user)), 1);
    }

    /** Another owner, or else the member who joined first, whom the room falls to when the user is gone. */
    private static Optional<UserId> successor(Room room, UserId user) {
        return room.members().stream()
                .filter(each -> !each.user().equals(user))
                .min(Comparator.comparing((RoomMember each) -> each.role() != RoomRole.OWNER)
                        .thenComparing(RoomMember::joinedAt)
                        .thenComparing(RoomMember::user))
                .map(RoomMember::user);
    }

    private CompletableFuture<Boolean> leave(Room room, UserId user, RoomActor by, int attempt) {
        return handOver(room, user, by)
                .thenCompose(done -> writer.remove(room.id(), user, by))
                .exceptionallyCompose(failure -> isOutdated(failure) && attempt < MAX_ATTEMPTS
                        // The other owners or the heir left meanwhile.
                        ? backends.rooms("room", store -> store.find(room.id()))
                                .thenCompose(found -> found.isPresent()
                                        ? leave(found.get(), user, by, attempt + 1)
                                        : CompletableFuture.completedFuture(false))
                        : CompletableFuture.failedFuture(failure));
    }

    private CompletableFuture<Void> handOver(Room room, UserId user, RoomActor by) {
        boolean othersOwn = room.members().stream()
                .anyMatch(each -> each.role() == RoomRole.OWNER && !each.user().equals(user));
        Optional<RoomMember> heir = room.members().stream()
                .filter(each -> !each.user().equals(user))
                .min(Comparator.comparingLong(RoomMember::joinedAt).thenComparing(RoomMember::user));
        if (othersOwn || heir.isEmpty() || !RoomService.isOwner(room, user)) {
            return CompletableFuture.completedFuture(null);
        }
        RoomMember owner = new RoomMember(
                heir.get().user(),
                RoomRole.OWNER,
                heir.get().joinedAt(),
                heir.get().addedBy());
        // With this bound the store cannot add the heir again who left meanwhile.
        return writer.changeRole(room.id(), owner, 1, by).thenApply(changed -> null);
    }

    private static boolean isOutdated(Throwable failure) {
        return Failures.unwrap(failure) instanceof ChatException known
                && (known.code() == ErrorCode.CONFLICT || known.code() == ErrorCode.TOO_LARGE);
    }

    private CompletableFuture<UserConsents> consents(UserId user) {
        return backends.consents("consents", store -> store.consents(user));
    }

    private CompletableFuture<Void> remember(UserConsents known, Room room, UserId user) {
        RoomConsent left = new RoomConsent(room.id(), RoomConsent.State.LEFT, room.name(), user, clock.millis());
        return forgetOldest(known, user)
                .thenCompose(done -> backends.consents("left", store -> store.save(user, left)));
    }

    private CompletableFuture<Void> forgetOldest(UserConsents known, UserId user) {
        List<RoomConsent> left = known.rooms().stream()
                .filter(each -> each.state() == RoomConsent.State.LEFT)
                .sorted(Comparator.comparingLong(RoomConsent::at))
                .toList();
        return left.size() < MAX_LEFT
                ? CompletableFuture.completedFuture(null)
                : backends.consents(
                        "forget", store -> store.forget(user, left.get(0).room()));
    }
}
