package io.webchat.core.internal.services;

import io.webchat.core.ChatConfig;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.internal.async.Fanout;
import io.webchat.core.internal.backend.BackendCalls;
import io.webchat.core.internal.events.CommittedEvents;
import io.webchat.core.internal.send.Permissions;
import io.webchat.core.rooms.Room;
import io.webchat.core.rooms.RoomChange;
import io.webchat.core.rooms.RoomMember;
import io.webchat.core.rooms.RoomRole;
import io.webchat.core.rooms.RoomUpdate;
import io.webchat.core.spi.rooms.RoomNote;
import io.webchat.core.spi.rooms.RoomSnapshot;
import io.webchat.core.spi.rooms.RoomStore;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes rooms and their members to the store, and tells the members and the application. A change holds on this node
 * at once. It checks no permissions.
 */
final class RoomWriter {
    private static final int MAX_PARALLEL = 16;

    private final BackendCalls backends;
    private final Permissions permissions;
    private final ChatConfig config;
    private final Clock clock;
    private final Executor overflow;
    private final CommittedEvents events;
    private final RoomAnnouncer announcer;

    RoomWriter(
            BackendCalls backends,
            Permissions permissions,
            ChatConfig config,
            Clock clock,
            Executor overflow,
            CommittedEvents events,
            RoomAnnouncer announcer) {
        this.clock = clock;
        this.events = events;
        this.backends = backends;
        this.permissions = permissions;
        this.config = config;
        this.overflow = overflow;
        this.announcer = announcer;
    }

    /** Checks the size of a room; throws {@code too_large}. */
    void checkSize(int members) {
        if (members > config.maxRoomMembers()) {
            throw new ChatException(ErrorCode.TOO_LARGE, "a room has at most " + config.maxRoomMembers() + " members");
        }
    }

    /** Returns the room; fails with {@code not_found}. */
    CompletableFuture<Room> find(RoomId id) {
        return backends.rooms("room", store -> store.load(id)).thenApply(found -> {
            RoomSnapshot snapshot = found.orElseThrow(Permissions::noSuchRoom);
            announcer.onLoaded(snapshot);
            return snapshot.room();
        });
    }

    /**
     * Creates the room with these members, and signals it to them. If an earlier attempt of the same call created it,
     * adds the missing members.
     *
     * @param empty the room without members
     * @param members the first one is an owner
     */
    CompletableFuture<Void> create(Room empty, List<RoomMember> members, RoomActor actor) {
        int at = Math.min(members.size(), RoomStore.MAX_FIRST_MEMBERS);
        Room room = empty.with(members.subList(0, at));
        return backends.rooms("create", store -> store.create(room))
                .thenCompose(created -> {
                    if (!created) {
                        return addMissing(room, members, actor);
                    }
                    tell(room.id(), RoomChange.Kind.CREATED, actor, null, null, room.name());
                    room.members().forEach(each -> tell(room.id(), RoomChange.Kind.ADDED, actor, each));
                    signalAdded(empty, room.members(), actor);
                    return addEach(empty, members.subList(at, members.size()), actor);
                })
                .whenComplete((done, failure) -> permissions.onRoomChanged(room.id()));
    }

    private void signalAdded(Room room, List<RoomMember> members, RoomActor actor) {
        List<UserId> users = members.stream()
                .map(RoomMember::user)
                .filter(each -> actor.application() || !each.equals(actor.user()))
                .toList();
        announcer.signal(new SystemMessages(room.id(), actor).signal("system.added", actor.user(), room.name()), users);
    }

    private CompletableFuture<Void> addMissing(Room wanted, List<RoomMember> members, RoomActor actor) {
        UserId owner = members.get(0).user();
        return backends.rooms("room", store -> store.find(wanted.id())).thenCompose(found -> {
            boolean same = found.filter(room -> room.name().equals(wanted.name())
                            && room.open() == wanted.open()
                            && RoomService.isOwner(room, owner))
                    .isPresent();
            return same
                    ? addEach(wanted, missing(found.get(), members), actor)
                    : CompletableFuture.failedFuture(new ChatException(ErrorCode.CONFLICT, "another room has this id"));
        });
    }

    private static List<RoomMember> missing(Room room, List<RoomMember> members) {
        Set<UserId> present = room.members().stream().map(RoomMember::user).collect(Collectors.toSet());
        return members.stream().filter(each -> !present.contains(each.user())).toList();
    }

    /** Adds first members, who are signalled like the others, not by a message to all. */
    private CompletableFuture<Void> addEach(Room room, List<RoomMember> members, RoomActor actor) {
        return Fanout.over(
                        members,
                        MAX_PARALLEL,
                        overflow,
                        each -> put(room.id(), each, config.maxRoomMembers(), RoomChange.Kind.ADDED, actor, null))
                .done()
                .thenAccept(done -> signalAdded(room, members, actor));
    }

    /** Adds the member and tells everybody; returns whether that changed anything. */
    CompletableFuture<Boolean> add(RoomId room, RoomMember member, RoomActor actor) {
        return announcer.change(
                new SystemMessages(room, actor).joined(member),
                member.user(),
                note -> put(room, member, config.maxRoomMembers(), RoomChange.Kind.ADDED, actor, note));
    }

    /**
     * Changes the role of a member and tells everybody; returns whether that changed anything.
     *
     * @param max the largest number of members with which a user who has left meanwhile comes back
     */
    CompletableFuture<Boolean> changeRole(RoomId room, RoomMember member, int max, RoomActor actor) {
        return announcer.change(
                new SystemMessages(room, actor).role(member),
                member.user(),
                note -> put(room, member, max, RoomChange.Kind.ROLE, actor, note));
    }

    private CompletableFuture<Boolean> put(
            RoomId room, RoomMember member, int max, RoomChange.Kind kind, RoomActor actor, @Nullable RoomNote note) {
        return backends.rooms("join", store -> store.put(room, member, max, note))
                .whenComplete((changed, failure) -> {
                    // After a failure as well, because the store may have made the change.
                    permissions.onRoomChanged(room);
                    if (failure == null && changed) {
                        tell(room, kind, actor, member);
                    }
                });
    }

    /** Removes the member and tells everybody; returns whether there was one. */
    CompletableFuture<Boolean> remove(RoomId room, UserId user, RoomActor actor) {
        return announcer.change(
                new SystemMessages(room, actor).gone(user), user, note -> remove(room, user, actor, note));
    }

    /** Removes the member of a room that is being deleted. */
    CompletableFuture<Boolean> removeQuietly(RoomId room, UserId user, RoomActor actor) {
        return remove(room, user, actor, null);
    }

    private CompletableFuture<Boolean> remove(RoomId room, UserId user, RoomActor actor, @Nullable RoomNote note) {
        return backends.rooms("leave", store -> store.remove(room, user, note)).whenComplete((removed, failure) -> {
            // After a failure as well, because the store may have made the change.
            permissions.onRoomChanged(room);
            if (failure == null && removed) {
                tell(room, RoomChange.Kind.REMOVED, actor, user, null, null);
            }
        });
    }

    /** Updates the details of the room and tells everybody; returns the room afterwards. */
    CompletableFuture<Room> update(Room before, RoomUpdate update, RoomActor actor) {
        SystemMessages messages = new SystemMessages(before.id(), actor);
        String name = update.name();
        boolean keepsName = name == null || name.equals(before.name());
        CompletableFuture<Boolean> updated = name == null || keepsName
                ? update(before, update, actor, null)
                : announcer.change(
                        messages.renamed(before.name(), name),
                        actor.user(),
                        note -> update(before, update, actor, note));
        return updated.thenCompose(
                        changed -> changed ? CompletableFuture.completedFuture(null) : tellEarlier(before.id()))
                .thenCompose(told -> find(before.id()))
                .thenCombine(updated, (room, changed) -> {
                    if (changed && keepsName) {
                        List<UserId> users =
                                room.members().stream().map(RoomMember::user).toList();
                        announcer.signal(messages.signal("system.updated", actor.user(), room.name()), users);
                    }
                    return room;
                });
    }

    private CompletableFuture<Boolean> update(
            Room before, RoomUpdate update, RoomActor actor, @Nullable RoomNote note) {
        return backends.updateRoom(before.id(), update, note).thenApply(changed -> {
            if (changed) {
                String name = update.name() == null ? before.name() : update.name();
                tell(before.id(), RoomChange.Kind.UPDATED, actor, null, null, name);
            }
            return changed;
        });
    }

    /** Sends the messages of earlier changes that were not told, before a repeated call is answered. */
    CompletableFuture<Void> tellEarlier(RoomId room) {
        return announcer.tellEarlier(room);
    }

    /** The application has deleted the room. */
    void onDeleted(Room room, RoomActor actor) {
        tell(room.id(), RoomChange.Kind.DELETED, actor, null, null, null);
        List<UserId> users = room.members().stream().map(RoomMember::user).toList();
        SystemMessages messages = new SystemMessages(room.id(), actor);
        announcer.signal(messages.signal("system.deleted", actor.user(), room.name()), users);
    }

    /** Signals to the user that they are invited, or no longer. */
    void signal(Room room, String type, UserId user, RoomActor actor) {
        announcer.signal(new SystemMessages(room.id(), actor).signal(type, user, room.name()), List.of(user));
    }

    private void tell(RoomId room, RoomChange.Kind kind, RoomActor actor, RoomMember member) {
        tell(room, kind, actor, member.user(), member.role(), null);
    }

    private void tell(
            RoomId room,
            RoomChange.Kind kind,
            RoomActor actor,
            @Nullable UserId user,
            @Nullable RoomRole role,
            @Nullable String name) {
        events.onRoomChange(new RoomChange(room, kind, actor.by(), user, role, name, clock.millis()));
    }
}
