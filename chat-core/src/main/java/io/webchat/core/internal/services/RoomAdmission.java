package io.webchat.core.internal.services;

import io.webchat.core.ChatConfig;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.Principal;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.internal.async.Fanout;
import io.webchat.core.internal.backend.BackendCalls;
import io.webchat.core.internal.send.Permissions;
import io.webchat.core.policy.Contact;
import io.webchat.core.rooms.AdditionPolicy;
import io.webchat.core.rooms.Membership;
import io.webchat.core.rooms.Room;
import io.webchat.core.rooms.RoomInvitation;
import io.webchat.core.rooms.RoomMember;
import io.webchat.core.rooms.RoomRole;
import io.webchat.core.spi.rooms.RoomConsent;
import io.webchat.core.spi.rooms.UserConsents;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Decides who may enter a room: at once, or after agreeing to an invitation. Rooms that a user created or joined, and
 * rooms to which others added the user, have limits of their own. So nobody can use up the limit of another user.
 */
final class RoomAdmission {
    private static final int MAX_PARALLEL = 16;
    /** One user may add another one to a tenth of {@link ChatConfig#maxRoomAdditions}. */
    private static final int SHARE = 10;

    private static final int MAX_INVITATIONS = 100;
    private static final int MAX_INVITATIONS_PER_ASKER = 10;

    private final BackendCalls backends;
    private final Permissions permissions;
    private final Function<UserId, Principal> principals;
    private final ChatConfig config;
    private final Clock clock;
    private final Executor overflow;
    private final RoomWriter writer;
    private final RoomEntries entries;

    RoomAdmission(
            BackendCalls backends,
            Permissions permissions,
            Function<UserId, Principal> principals,
            ChatConfig config,
            Clock clock,
            Executor overflow,
            RoomWriter writer,
            RoomEntries entries) {
        this.writer = writer;
        this.entries = entries;
        this.backends = backends;
        this.permissions = permissions;
        this.principals = principals;
        this.config = config;
        this.clock = clock;
        this.overflow = overflow;
    }

    /**
     * The ways into a room.
     *
     * @param added the users who become members at once
     * @param invited the users who must agree first
     */
    record Ways(List<UserId> added, List<UserId> invited) {}

    /** Makes a step in which these users enter the room; {@code by} is who lets them in. */
    <T> CompletableFuture<T> entering(
            RoomId room,
            UserId by,
            Collection<UserId> users,
            Function<RoomEntries.Earlier, CompletableFuture<T>> step) {
        return entries.during(RoomEntries.Kind.MEMBERSHIP, room, by, users, step);
    }

    /** Fails with {@code too_large} if the user has created or joined too many rooms to enter this one. */
    CompletableFuture<Void> checkOwnCapacity(UserId user, RoomId room, RoomEntries.Earlier earlier) {
        return backends.rooms("roomsOf", store -> store.roomsOf(user)).thenAccept(rooms -> {
            boolean member = rooms.stream()
                    .anyMatch(each -> each.room().equals(room) && each.addedBy().equals(user));
            long own = count(others(rooms, earlier.of(user), room), user);
            if (!member && own >= config.maxRoomsPerUser()) {
                throw new ChatException(
                        ErrorCode.TOO_LARGE,
                        user + " is in " + own + " rooms already, the limit is " + config.maxRoomsPerUser());
            }
        });
    }

    /** The users who let the user into each of the other rooms. */
    private static Collection<UserId> others(List<Membership> rooms, Map<RoomId, UserId> underWay, RoomId room) {
        rooms.forEach(each -> underWay.put(each.room(), each.addedBy()));
        underWay.remove(room);
        return underWay.values();
    }

    private static long count(Collection<UserId> users, UserId wanted) {
        return users.stream().filter(wanted::equals).count();
    }

    /** Finds the way of each of these users into the asker's room; fails if one of them has none. */
    CompletableFuture<Ways> waysInto(Room room, UserId asker, Collection<UserId> users, RoomEntries.Earlier earlier) {
        List<UserId> others = users.stream().filter(each -> !each.equals(asker)).toList();
        return Fanout.matching(
                        others, MAX_PARALLEL, overflow, each -> mustAgree(room.id(), asker, each, earlier.of(each)))
                .thenApply(invited -> new Ways(
                        others.stream().filter(each -> !invited.contains(each)).toList(),
                        others.stream().filter(invited::contains).toList()));
    }

    private CompletableFuture<Boolean> mustAgree(RoomId room, UserId asker, UserId user, Map<RoomId, UserId> underWay) {
        return permissions
                .checkReach(principals.apply(asker), user, Contact.ADD_TO_ROOM)
                .thenCompose(exists -> permissions.hasBlocked(user, asker))
                .thenCompose(blocked -> {
                    if (blocked) {
                        throw new ChatException(ErrorCode.FORBIDDEN, user + " does not enter rooms of yours");
                    }
                    return hasConditions(user, room)
                            .thenCompose(asks -> asks
                                    ? CompletableFuture.completedFuture(true)
                                    : wasAddedOften(user, asker, room, underWay));
                });
    }

    /** Whether the user wants to be asked, about all rooms or about this one. */
    private CompletableFuture<Boolean> hasConditions(UserId user, RoomId room) {
        return backends.keepsConsents()
                ? consents(user)
                        .thenApply(found -> found.policy() == AdditionPolicy.ASK
                                || found.room(room).isPresent())
                : CompletableFuture.completedFuture(false);
    }

    private CompletableFuture<Boolean> wasAddedOften(
            UserId user, UserId asker, RoomId room, Map<RoomId, UserId> underWay) {
        return backends.rooms("roomsOf", store -> store.roomsOf(user)).thenApply(rooms -> {
            if (rooms.stream().anyMatch(each -> each.room().equals(room))) {
                return false;
            }
            Collection<UserId> by = others(rooms, underWay, room);
            int max = config.maxRoomAdditions();
            return by.size() - count(by, user) >= max || count(by, asker) >= (max + SHARE - 1) / SHARE;
        });
    }

    private CompletableFuture<UserConsents> consents(UserId user) {
        return backends.consents("consents", store -> store.consents(user));
    }

    /** Invites these users. */
    CompletableFuture<Void> inviteAll(UserId asker, Room room, List<UserId> users) {
        return Fanout.over(users, MAX_PARALLEL, overflow, each -> invite(asker, room, each))
                .done();
    }

    private CompletableFuture<Void> invite(UserId asker, Room room, UserId user) {
        return entries.during(
                RoomEntries.Kind.INVITATION,
                room.id(),
                asker,
                List.of(user),
                earlier -> invite(asker, room, user, earlier.of(user)));
    }

    private CompletableFuture<Void> invite(UserId asker, Room room, UserId user, Map<RoomId, UserId> underWay) {
        return consents(user).thenCompose(found -> {
            if (isInvited(found, room.id())) {
                return CompletableFuture.completedFuture(null);
            }
            found.rooms().stream()
                    .filter(each -> each.state() == RoomConsent.State.INVITED)
                    .forEach(each -> underWay.put(each.room(), each.by()));
            underWay.remove(room.id());
            if (underWay.size() >= MAX_INVITATIONS || count(underWay.values(), asker) >= MAX_INVITATIONS_PER_ASKER) {
                throw new ChatException(
                        ErrorCode.TOO_LARGE, user + " has too many invitations that wait for an answer");
            }
            RoomConsent invitation =
                    new RoomConsent(room.id(), RoomConsent.State.INVITED, room.name(), asker, clock.millis());
            return backends.consents("invite", store -> store.save(user, invitation))
                    .thenAccept(done -> writer.signal(room, "system.invited", user, RoomActor.of(asker)));
        });
    }

    static boolean isInvited(UserConsents consents, RoomId room) {
        return consents.room(room)
                .filter(each -> each.state() == RoomConsent.State.INVITED)
                .isPresent();
    }

    /** Fails with {@code not_found} if the user may not enter the room by themselves. */
    CompletableFuture<Void> checkJoin(Room room, UserId user) {
        CompletableFuture<Boolean> invited = backends.keepsConsents()
                ? consents(user).thenApply(found -> isInvited(found, room.id()))
                : CompletableFuture.completedFuture(false);
        return invited.thenCompose(yes -> {
            if (yes) {
                return CompletableFuture.completedFuture(null);
            }
            return room.open()
                    ? checkNoOwnerBlocks(room, user)
                    : CompletableFuture.failedFuture(Permissions.noSuchRoom());
        });
    }

    private CompletableFuture<Void> checkNoOwnerBlocks(Room room, UserId user) {
        List<UserId> owners = room.members().stream()
                .filter(each -> each.role() == RoomRole.OWNER)
                .map(RoomMember::user)
                .toList();
        return Fanout.over(
                        owners,
                        MAX_PARALLEL,
                        overflow,
                        each -> permissions.hasBlocked(each, user).thenAccept(blocked -> {
                            if (blocked) {
                                throw Permissions.noSuchRoom();
                            }
                        }))
                .done();
    }

    /** The user entered the room by their own will, and no longer has to be asked about it. */
    CompletableFuture<Void> agreed(UserId user, RoomId room) {
        return backends.keepsConsents()
                ? backends.consents("agreed", store -> store.forget(user, room))
                : CompletableFuture.completedFuture(null);
    }

    /** The open invitations of the user, without those by people whom the user has blocked. */
    CompletableFuture<List<RoomInvitation>> invitations(UserId user) {
        return consents(user)
                .thenCombine(
                        permissions.blocksOf(user),
                        (found, blocked) -> found.rooms().stream()
                                .filter(each ->
                                        each.state() == RoomConsent.State.INVITED && !blocked.contains(each.by()))
                                .map(each -> new RoomInvitation(each.room(), each.name(), each.by(), each.at()))
                                .toList());
    }
}
