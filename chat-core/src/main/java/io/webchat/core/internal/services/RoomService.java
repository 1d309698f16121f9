package io.webchat.core.internal.services;

import io.webchat.core.ChatConfig;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.Principal;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.internal.backend.BackendCalls;
import io.webchat.core.internal.events.CommittedEvents;
import io.webchat.core.internal.send.Permissions;
import io.webchat.core.internal.send.UserRates;
import io.webchat.core.rooms.AdditionOutcome;
import io.webchat.core.rooms.AdditionPolicy;
import io.webchat.core.rooms.Membership;
import io.webchat.core.rooms.Room;
import io.webchat.core.rooms.RoomInvitation;
import io.webchat.core.rooms.RoomMember;
import io.webchat.core.rooms.RoomRole;
import io.webchat.core.rooms.RoomUpdate;
import io.webchat.core.rooms.Rooms;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Reads and changes rooms for one user, after checking that the user may do so. A change made on this node holds here
 * at once.
 */
public final class RoomService implements Rooms {
    /** The size of a message about a change, about. */
    private static final int MESSAGE_BYTES = 512;

    private final BackendCalls backends;
    private final UserRates rates;
    private final Clock clock;
    private final int maxMembers;
    private final RoomWriter writer;
    private final RoomAdmission admission;
    private final RoomDepartures departures;

    /**
     * A service on these backends.
     *
     * @param principals the principal of the user who asks
     * @param rates the rates of users, which limit additions to rooms
     * @param clock dates new rooms and members
     * @param overflow runs the work for the members of large rooms
     * @param events tells the application of changes
     * @param announcer tells the members of changes
     * @param entries the entries that are under way on this node
     */
    public RoomService(
            BackendCalls backends,
            Permissions permissions,
            Function<UserId, Principal> principals,
            ChatConfig config,
            UserRates rates,
            Clock clock,
            Executor overflow,
            CommittedEvents events,
            RoomAnnouncer announcer,
            RoomEntries entries) {
        this.backends = backends;
        this.rates = rates;
        this.clock = clock;
        this.maxMembers = config.maxRoomMembers();
        this.writer = new RoomWriter(backends, permissions, config, clock, overflow, events, announcer);
        this.admission = new RoomAdmission(backends, permissions, principals, config, clock, overflow, writer, entries);
        this.departures = new RoomDepartures(backends, writer, clock);
    }

    @Override
    public CompletionStage<Room> create(
            UserId owner, RoomId id, String name, boolean open, Collection<UserId> members) {
        Set<UserId> all = new LinkedHashSet<>(List.of(owner));
        all.addAll(members);
        try {
            RoomForm.checkName(name);
            writer.checkSize(all.size());
            rates.check(owner, UserRates.Activity.ADDITION, all.size());
        } catch (ChatException e) {
            return CompletableFuture.failedFuture(e);
        }
        Room empty = new Room(id, name, open, clock.millis(), List.of());
        return admission
                .entering(
                        id,
                        owner,
                        all,
                        earlier -> admission
                                .checkOwnCapacity(owner, id, earlier)
                                .thenCompose(permitted -> admission.waysInto(empty, owner, all, earlier))
                                .thenCompose(ways -> create(owner, empty, ways)))
                .thenCompose(done -> find(owner, id));
    }

    private CompletableFuture<Void> create(UserId owner, Room empty, RoomAdmission.Ways ways) {
        List<RoomMember> first = Stream.concat(
                        Stream.of(new RoomMember(owner, RoomRole.OWNER, clock.millis())),
                        ways.added().stream().map(each -> addedBy(owner, each, RoomRole.MEMBER)))
                .toList();
        return writer.create(empty, first, RoomActor.of(owner))
                .thenCompose(done -> admission.inviteAll(owner, empty, ways.invited()));
    }

    private RoomMember addedBy(UserId asker, UserId user, RoomRole role) {
        return new RoomMember(user, role, clock.millis(), asker);
    }

    @Override
    public CompletionStage<Room> find(UserId asker, RoomId id) {
        return writer.find(id).thenApply(room -> {
            if (room.member(asker).isEmpty()) {
                throw Permissions.noSuchRoom();
            }
            return room;
        });
    }

    @Override
    public CompletionStage<Room> update(UserId asker, RoomId id, RoomUpdate update) {
        try {
            RoomForm.check(update);
        } catch (ChatException e) {
            return CompletableFuture.failedFuture(e);
        }
        return find(asker, id).thenCompose(room -> {
            if (!isOwner(room, asker)) {
                throw ownersOnly();
            }
            charge(asker, room);
            return writer.update(room, update, RoomActor.of(asker));
        });
    }

    @Override
    public CompletionStage<List<Membership>> list(UserId user) {
        return backends.rooms("roomsOf", store -> store.roomsOf(user));
    }

    @Override
    public CompletionStage<AdditionOutcome> put(UserId asker, RoomId id, UserId member, RoomRole role) {
        return writer.find(id).thenCompose(room -> {
            Optional<RoomMember> present = room.member(member);
            if (room.member(asker).isEmpty()) {
                return role == RoomRole.MEMBER && asker.equals(member)
                        ? join(room, asker)
                        : CompletableFuture.failedFuture(Permissions.noSuchRoom());
            }
            boolean nothing = present.filter(
                            each -> each.role() == role || (asker.equals(member) && hasJoined(room, each, role)))
                    .isPresent();
            if (!isOwner(room, asker) && !(nothing && asker.equals(member))) {
                return CompletableFuture.failedFuture(ownersOnly());
            }
            if (nothing) {
                return writer.tellEarlier(id).thenApply(done -> AdditionOutcome.NONE);
            }
            charge(asker, room);
            return present.isPresent()
                    ? writer.changeRole(id, addedBy(asker, member, role), maxMembers, RoomActor.of(asker))
                            .thenApply(RoomService::change)
                    : add(room, asker, addedBy(asker, member, role));
        });
    }

    /** Charges the message about a change to the user who makes it, by the number of its recipients. */
    private void charge(UserId asker, Room room) {
        rates.checkQueued(asker, (room.members().size() + 1L) * MESSAGE_BYTES);
    }

    /** Whether the member has joined already, in a room whose new members get another role than they ask for. */
    private static boolean hasJoined(Room room, RoomMember member, RoomRole asked) {
        return asked == RoomRole.MEMBER && member.role() == room.details().joinRole();
    }

    private static AdditionOutcome change(boolean changed) {
        return changed ? AdditionOutcome.CHANGED : AdditionOutcome.NONE;
    }

    private CompletableFuture<AdditionOutcome> join(Room room, UserId user) {
        charge(user, room);
        RoomMember member = addedBy(user, user, room.details().joinRole());
        return admission
                .checkJoin(room, user)
                .thenCompose(permitted -> admission.entering(
                        room.id(),
                        user,
                        Set.of(user),
                        earlier -> admission
                                .checkOwnCapacity(user, room.id(), earlier)
                                .thenCompose(free -> writer.add(room.id(), member, RoomActor.of(user)))))
                .thenCompose(changed -> admission.agreed(user, room.id()).thenApply(done -> change(changed)));
    }

    private CompletableFuture<AdditionOutcome> add(Room room, UserId asker, RoomMember member) {
        try {
            rates.check(asker, UserRates.Activity.ADDITION);
        } catch (ChatException e) {
            return CompletableFuture.failedFuture(e);
        }
        Set<UserId> users = Set.of(member.user());
        return admission.entering(
                room.id(),
                asker,
                users,
                earlier -> admission
                        .waysInto(room, asker, users, earlier)
                        .thenCompose(ways -> ways.invited().isEmpty()
                                ? writer.add(room.id(), member, RoomActor.of(asker))
                                        .thenApply(RoomService::change)
                                : admission
                                        .inviteAll(asker, room, ways.invited())
                                        .thenApply(done -> AdditionOutcome.INVITED)));
    }

    @Override
    public CompletionStage<Boolean> remove(UserId asker, RoomId id, UserId member) {
        return writer.find(id).thenCompose(room -> {
            boolean own = asker.equals(member);
            if (room.member(asker).isEmpty()) {
                return own
                        ? departures.decline(room, member)
                        : CompletableFuture.failedFuture(Permissions.noSuchRoom());
            }
            if (own) {
                return departures.leave(room, member);
            }
            return isOwner(room, asker)
                    ? departures.remove(room, member, asker)
                    : CompletableFuture.failedFuture(ownersOnly());
        });
    }

    @Override
    public CompletionStage<List<RoomInvitation>> invitations(UserId user) {
        return admission.invitations(user);
    }

    @Override
    public CompletionStage<AdditionPolicy> additionPolicy(UserId user) {
        return backends.consents("consents", store -> store.consents(user)).thenApply(found -> found.policy());
    }

    @Override
    public CompletionStage<Void> setAdditionPolicy(UserId user, AdditionPolicy policy) {
        return backends.consents("setPolicy", store -> store.setPolicy(user, policy));
    }

    static boolean isOwner(Room room, UserId user) {
        return room.member(user).map(RoomMember::role).stream().anyMatch(role -> role == RoomRole.OWNER);
    }

    private static ChatException ownersOnly() {
        return new ChatException(ErrorCode.FORBIDDEN, "only an owner of the room may do that");
    }
}
