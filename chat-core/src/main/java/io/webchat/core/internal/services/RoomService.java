package io.webchat.core.internal.services;

import io.webchat.core.ChatConfig;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.Membership;
import io.webchat.core.Room;
import io.webchat.core.RoomId;
import io.webchat.core.RoomMember;
import io.webchat.core.RoomRole;
import io.webchat.core.Rooms;
import io.webchat.core.UserId;
import io.webchat.core.internal.async.Fanout;
import io.webchat.core.internal.backend.BackendCalls;
import io.webchat.core.internal.send.Permissions;
import io.webchat.core.internal.send.Utf8;
import io.webchat.core.spi.RoomStore;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Reads and changes rooms for one user, after checking that the user may do so. A change made on this node holds here
 * at once.
 */
public final class RoomService implements Rooms {
    private static final int MAX_PARALLEL = 16;

    private final BackendCalls backends;
    private final Permissions permissions;
    private final ChatConfig config;
    private final Clock clock;

    /**
     * A service on these backends.
     *
     * @param clock dates new rooms and members
     */
    public RoomService(BackendCalls backends, Permissions permissions, ChatConfig config, Clock clock) {
        this.backends = backends;
        this.permissions = permissions;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public CompletionStage<Room> create(
            UserId owner, RoomId id, String name, boolean open, Collection<UserId> members) {
        Set<UserId> all = new LinkedHashSet<>(List.of(owner));
        all.addAll(members);
        Optional<ChatException> fault = fault(name, all.size());
        if (fault.isPresent()) {
            return CompletableFuture.failedFuture(fault.get());
        }
        List<RoomMember> first = all.stream()
                .map(each -> member(each, each.equals(owner) ? RoomRole.OWNER : RoomRole.MEMBER))
                .toList();
        int at = Math.min(first.size(), RoomStore.MAX_FIRST_MEMBERS);
        Room room = new Room(id, name, open, clock.millis(), first.subList(0, at));
        return Fanout.over(List.copyOf(all), MAX_PARALLEL, each -> checkCapacity(each, id))
                .done()
                .thenCompose(permitted -> backends.rooms("create", store -> store.create(room)))
                .thenCompose(created ->
                        created ? addEach(id, first.subList(at, first.size())) : addMissing(owner, room, first))
                .whenComplete((done, failure) -> permissions.onRoomChanged(id))
                .thenCompose(done -> find(owner, id));
    }

    private Optional<ChatException> fault(String name, int members) {
        if (name.isBlank() || name.length() > MAX_NAME || Utf8.length(name) < 0) {
            return Optional.of(
                    new ChatException(ErrorCode.BAD_REQUEST, "a room's name has 1 to " + MAX_NAME + " characters"));
        }
        return members > config.maxRoomMembers()
                ? Optional.of(new ChatException(
                        ErrorCode.TOO_LARGE, "a room has at most " + config.maxRoomMembers() + " members"))
                : Optional.empty();
    }

    private RoomMember member(UserId user, RoomRole role) {
        return new RoomMember(user, role, clock.millis());
    }

    /** Fails with {@code too_large} if the user is in too many rooms to join another one. */
    private CompletableFuture<Void> checkCapacity(UserId user, RoomId room) {
        return backends.rooms("roomsOf", store -> store.roomsOf(user)).thenAccept(rooms -> {
            boolean member = rooms.stream().anyMatch(each -> each.room().equals(room));
            if (!member && rooms.size() >= config.maxRoomsPerUser()) {
                throw new ChatException(
                        ErrorCode.TOO_LARGE,
                        user + " is in " + rooms.size() + " rooms already, the limit is " + config.maxRoomsPerUser());
            }
        });
    }

    /** The room exists. If an earlier attempt of the same call created it, adds the missing members. */
    private CompletableFuture<Void> addMissing(UserId owner, Room wanted, List<RoomMember> members) {
        return backends.rooms("room", store -> store.find(wanted.id())).thenCompose(found -> {
            boolean same = found.filter(room ->
                            room.name().equals(wanted.name()) && room.open() == wanted.open() && isOwner(room, owner))
                    .isPresent();
            return same
                    ? addEach(wanted.id(), missing(found.get(), members))
                    : CompletableFuture.failedFuture(new ChatException(ErrorCode.CONFLICT, "another room has this id"));
        });
    }

    private static List<RoomMember> missing(Room room, List<RoomMember> members) {
        return members.stream()
                .filter(each -> room.member(each.user()).isEmpty())
                .toList();
    }

    private CompletableFuture<Void> addEach(RoomId room, List<RoomMember> members) {
        return Fanout.over(members, MAX_PARALLEL, each -> store(room, each)).done();
    }

    private CompletableFuture<Boolean> store(RoomId room, RoomMember member) {
        // After a failure as well, because the store may have made the change.
        return backends.rooms("join", store -> store.put(room, member, config.maxRoomMembers()))
                .whenComplete((done, failure) -> permissions.onRoomChanged(room));
    }

    @Override
    public CompletionStage<Room> find(UserId asker, RoomId id) {
        return room(id).thenApply(room -> {
            if (room.member(asker).isEmpty()) {
                throw Permissions.noSuchRoom();
            }
            return room;
        });
    }

    private CompletableFuture<Room> room(RoomId id) {
        return backends.rooms("room", store -> store.find(id))
                .thenApply(found -> found.orElseThrow(Permissions::noSuchRoom));
    }

    @Override
    public CompletionStage<List<Membership>> list(UserId user) {
        return backends.rooms("roomsOf", store -> store.roomsOf(user));
    }

    @Override
    public CompletionStage<Boolean> put(UserId asker, RoomId id, UserId member, RoomRole role) {
        return room(id).thenCompose(room -> {
            Optional<RoomRole> current = room.member(member).map(RoomMember::role);
            checkPut(room, asker, member, role);
            if (current.isPresent()) {
                return current.get() == role
                        ? CompletableFuture.completedFuture(false)
                        : store(id, member(member, role));
            }
            return checkCapacity(member, id).thenCompose(permitted -> store(id, member(member, role)));
        });
    }

    private static void checkPut(Room room, UserId asker, UserId member, RoomRole role) {
        boolean asMember = asker.equals(member) && role == RoomRole.MEMBER;
        if (room.member(asker).isEmpty()) {
            if (!room.open() || !asMember) {
                throw Permissions.noSuchRoom();
            }
        } else if (!isOwner(room, asker) && !asMember) {
            throw ownersOnly();
        }
    }

    @Override
    public CompletionStage<Boolean> remove(UserId asker, RoomId id, UserId member) {
        return find(asker, id).thenCompose(room -> {
            if (!asker.equals(member) && !isOwner(room, asker)) {
                throw ownersOnly();
            }
            return backends.rooms("leave", store -> store.remove(id, member))
                    .whenComplete((done, failure) -> permissions.onRoomChanged(id));
        });
    }

    private static boolean isOwner(Room room, UserId user) {
        return room.member(user).map(RoomMember::role).stream().anyMatch(role -> role == RoomRole.OWNER);
    }

    private static ChatException ownersOnly() {
        return new ChatException(ErrorCode.FORBIDDEN, "only an owner of the room may do that");
    }
}
