package io.webchat.core.internal.services;

import io.webchat.core.ChatConfig;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.Room;
import io.webchat.core.RoomChange;
import io.webchat.core.RoomId;
import io.webchat.core.RoomMember;
import io.webchat.core.RoomRole;
import io.webchat.core.Rooms;
import io.webchat.core.UserId;
import io.webchat.core.internal.async.Fanout;
import io.webchat.core.internal.backend.BackendCalls;
import io.webchat.core.internal.events.CommittedEvents;
import io.webchat.core.internal.send.Permissions;
import io.webchat.core.spi.RoomStore;
import io.webchat.core.spi.support.DisplayNames;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes rooms and their members to the store, and tells the application. A change holds on this node at once. It
 * checks no permissions.
 */
final class RoomWriter {
    private static final int MAX_PARALLEL = 16;

    private final BackendCalls backends;
    private final Permissions permissions;
    private final ChatConfig config;
    private final Clock clock;
    private final Executor overflow;
    private final CommittedEvents events;

    RoomWriter(
            BackendCalls backends,
            Permissions permissions,
            ChatConfig config,
            Clock clock,
            Executor overflow,
            CommittedEvents events) {
        this.clock = clock;
        this.events = events;
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
     * @param by the user who creates the room; null for the application
     */
    CompletableFuture<Void> create(Room empty, List<RoomMember> members, @Nullable UserId by) {
        int at = Math.min(members.size(), RoomStore.MAX_FIRST_MEMBERS);
        Room room = new Room(empty.id(), empty.name(), empty.open(), empty.createdAt(), members.subList(0, at));
        return backends.rooms("create", store -> store.create(room))
                .thenCompose(created -> {
                    if (!created) {
                        return addMissing(room, members, by);
                    }
                    tell(room.id(), RoomChange.Kind.CREATED, by, null, null, room.name());
                    room.members().forEach(each -> tell(room.id(), RoomChange.Kind.ADDED, by, each));
                    return addEach(room.id(), members.subList(at, members.size()), by);
                })
                .whenComplete((done, failure) -> permissions.onRoomChanged(room.id()));
    }

    private CompletableFuture<Void> addMissing(Room wanted, List<RoomMember> members, @Nullable UserId by) {
        UserId owner = members.get(0).user();
        return backends.rooms("room", store -> store.find(wanted.id())).thenCompose(found -> {
            boolean same = found.filter(room -> room.name().equals(wanted.name())
                            && room.open() == wanted.open()
                            && RoomService.isOwner(room, owner))
                    .isPresent();
            return same
                    ? addEach(wanted.id(), missing(found.get(), members), by)
                    : CompletableFuture.failedFuture(new ChatException(ErrorCode.CONFLICT, "another room has this id"));
        });
    }

    private static List<RoomMember> missing(Room room, List<RoomMember> members) {
        Set<UserId> present = room.members().stream().map(RoomMember::user).collect(Collectors.toSet());
        return members.stream().filter(each -> !present.contains(each.user())).toList();
    }

    private CompletableFuture<Void> addEach(RoomId room, List<RoomMember> members, @Nullable UserId by) {
        return Fanout.over(members, MAX_PARALLEL, overflow, each -> add(room, each, by))
                .done();
    }

    /**
     * Adds the member; returns whether that changed anything.
     *
     * @param by the user who adds the member; null for the application
     */
    CompletableFuture<Boolean> add(RoomId room, RoomMember member, @Nullable UserId by) {
        return put(room, member, config.maxRoomMembers(), RoomChange.Kind.ADDED, by);
    }

    /**
     * Changes the role of a member; returns whether that changed anything.
     *
     * @param max the largest number of members with which a user who has left meanwhile comes back
     * @param by the user who changes the role; null for the application
     */
    CompletableFuture<Boolean> changeRole(RoomId room, RoomMember member, int max, @Nullable UserId by) {
        return put(room, member, max, RoomChange.Kind.ROLE, by);
    }

    private CompletableFuture<Boolean> put(
            RoomId room, RoomMember member, int max, RoomChange.Kind kind, @Nullable UserId by) {
        return backends.rooms("join", store -> store.put(room, member, max)).whenComplete((changed, failure) -> {
            // After a failure as well, because the store may have made the change.
            permissions.onRoomChanged(room);
            if (failure == null && changed) {
                tell(room, kind, by, member);
            }
        });
    }

    /**
     * Removes the member; returns whether there was one.
     *
     * @param by the user who removes the member; null for the application
     */
    CompletableFuture<Boolean> remove(RoomId room, UserId user, @Nullable UserId by) {
        return backends.rooms("leave", store -> store.remove(room, user)).whenComplete((removed, failure) -> {
            // After a failure as well, because the store may have made the change.
            permissions.onRoomChanged(room);
            if (failure == null && removed) {
                tell(room, RoomChange.Kind.REMOVED, by, user, null, null);
            }
        });
    }

    /** Renames the room for the application; returns whether it exists. */
    CompletableFuture<Boolean> rename(RoomId room, String name) {
        return backends.renameRoom(room, name).whenComplete((exists, failure) -> {
            if (failure == null && exists) {
                tell(room, RoomChange.Kind.RENAMED, null, null, null, name);
            }
        });
    }

    /** The application has deleted the room. */
    void onDeleted(RoomId room) {
        tell(room, RoomChange.Kind.DELETED, null, null, null, null);
    }

    private void tell(RoomId room, RoomChange.Kind kind, @Nullable UserId by, RoomMember member) {
        tell(room, kind, by, member.user(), member.role(), null);
    }

    private void tell(
            RoomId room,
            RoomChange.Kind kind,
            @Nullable UserId by,
            @Nullable UserId user,
            @Nullable RoomRole role,
            @Nullable String name) {
        events.onRoomChange(new RoomChange(room, kind, by, user, role, name, clock.millis()));
    }
}
