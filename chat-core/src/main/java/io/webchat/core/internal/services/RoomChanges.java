package io.webchat.core.internal.services;

import io.webchat.core.ChatConfig;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.Room;
import io.webchat.core.RoomId;
import io.webchat.core.RoomMember;
import io.webchat.core.Rooms;
import io.webchat.core.UserId;
import io.webchat.core.internal.async.Fanout;
import io.webchat.core.internal.backend.BackendCalls;
import io.webchat.core.internal.send.Permissions;
import io.webchat.core.spi.RoomStore;
import io.webchat.core.spi.support.DisplayNames;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/** Writes rooms and their members to the store. A change holds on this node at once. It checks no permissions. */
final class RoomChanges {
    private static final int MAX_PARALLEL = 16;

    private final BackendCalls backends;
    private final Permissions permissions;
    private final ChatConfig config;
    private final Executor overflow;

    RoomChanges(BackendCalls backends, Permissions permissions, ChatConfig config, Executor overflow) {
        this.backends = backends;
        this.permissions = permissions;
        this.config = config;
        this.overflow = overflow;
    }

    /** Checks the form of a name; throws {@code bad_request}. */
    static void checkName(String name) {
        if (!DisplayNames.isValid(name, Rooms.MAX_NAME)) {
            throw new ChatException(ErrorCode.BAD_REQUEST, "a room's name " + DisplayNames.rule(Rooms.MAX_NAME));
        }
    }

    /** Checks the size of a room; throws {@code too_large}. */
    void checkSize(int members) {
        if (members > config.maxRoomMembers()) {
            throw new ChatException(ErrorCode.TOO_LARGE, "a room has at most " + config.maxRoomMembers() + " members");
        }
    }

    /** Returns the room; fails with {@code not_found}. */
    CompletableFuture<Room> find(RoomId id) {
        return backends.rooms("room", store -> store.find(id))
                .thenApply(found -> found.orElseThrow(Permissions::noSuchRoom));
    }

    /**
     * Creates the room with these members. If an earlier attempt of the same call created it, adds the missing members.
     *
     * @param empty the room without members
     * @param members the first one is an owner
     */
    CompletableFuture<Void> create(Room empty, List<RoomMember> members) {
        int at = Math.min(members.size(), RoomStore.MAX_FIRST_MEMBERS);
        Room room = new Room(empty.id(), empty.name(), empty.open(), empty.createdAt(), members.subList(0, at));
        return backends.rooms("create", store -> store.create(room))
                .thenCompose(created ->
                        created ? addEach(room.id(), members.subList(at, members.size())) : addMissing(room, members))
                .whenComplete((done, failure) -> permissions.onRoomChanged(room.id()));
    }

    private CompletableFuture<Void> addMissing(Room wanted, List<RoomMember> members) {
        UserId owner = members.get(0).user();
        return backends.rooms("room", store -> store.find(wanted.id())).thenCompose(found -> {
            boolean same = found.filter(room -> room.name().equals(wanted.name())
                            && room.open() == wanted.open()
                            && RoomService.isOwner(room, owner))
                    .isPresent();
            return same
                    ? addEach(wanted.id(), missing(found.get(), members))
                    : CompletableFuture.failedFuture(new ChatException(ErrorCode.CONFLICT, "another room has this id"));
        });
    }

    private static List<RoomMember> missing(Room room, List<RoomMember> members) {
        Set<UserId> present = room.members().stream().map(RoomMember::user).collect(Collectors.toSet());
        return members.stream().filter(each -> !present.contains(each.user())).toList();
    }

    private CompletableFuture<Void> addEach(RoomId room, List<RoomMember> members) {
        return Fanout.over(members, MAX_PARALLEL, overflow, each -> put(room, each))
                .done();
    }

    /** Adds the member, or changes the role; returns whether that changed anything. */
    CompletableFuture<Boolean> put(RoomId room, RoomMember member) {
        return put(room, member, config.maxRoomMembers());
    }

    /** Adds the member unless the room has {@code max} members, or changes the role. */
    CompletableFuture<Boolean> put(RoomId room, RoomMember member, int max) {
        // After a failure as well, because the store may have made the change.
        return backends.rooms("join", store -> store.put(room, member, max))
                .whenComplete((done, failure) -> permissions.onRoomChanged(room));
    }

    /** Removes the member; returns whether there was one. */
    CompletableFuture<Boolean> remove(RoomId room, UserId user) {
        // After a failure as well, because the store may have made the change.
        return backends.rooms("leave", store -> store.remove(room, user))
                .whenComplete((done, failure) -> permissions.onRoomChanged(room));
    }

    /** Renames the room; returns whether it exists. */
    CompletableFuture<Boolean> rename(RoomId room, String name) {
        return backends.renameRoom(room, name);
    }
}
