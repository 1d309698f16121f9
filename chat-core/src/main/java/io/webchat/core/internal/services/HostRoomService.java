package io.webchat.core.internal.services;

import io.webchat.core.ChatConfig;
import io.webchat.core.ChatException;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.internal.async.Fanout;
import io.webchat.core.internal.backend.BackendCalls;
import io.webchat.core.internal.events.CommittedEvents;
import io.webchat.core.internal.send.Permissions;
import io.webchat.core.rooms.HostRooms;
import io.webchat.core.rooms.Room;
import io.webchat.core.rooms.RoomMember;
import io.webchat.core.rooms.RoomRole;
import io.webchat.core.rooms.RoomUpdate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

/** Changes rooms with the authority of the application, which needs no permission. */
public final class HostRoomService implements HostRooms {
    private static final int MAX_PARALLEL = 16;

    private final BackendCalls backends;
    private final Clock clock;
    private final Executor overflow;
    private final int maxMembers;
    private final RoomWriter writer;
    private final RoomDepartures departures;

    /**
     * A service on these backends.
     *
     * @param permissions forgets the members of changed rooms
     * @param clock dates new rooms and members
     * @param overflow runs the work for the members of large rooms
     * @param events tells the application of changes
     * @param announcer tells the members of changes
     */
    public HostRoomService(
            BackendCalls backends,
            Permissions permissions,
            ChatConfig config,
            Clock clock,
            Executor overflow,
            CommittedEvents events,
            RoomAnnouncer announcer) {
        this.backends = backends;
        this.clock = clock;
        this.overflow = overflow;
        this.maxMembers = config.maxRoomMembers();
        this.writer = new RoomWriter(backends, permissions, config, clock, overflow, events, announcer);
        this.departures = new RoomDepartures(backends, writer, clock);
    }

    @Override
    public CompletionStage<Room> create(
            UserId owner, RoomId id, String name, boolean open, Collection<UserId> members) {
        Set<UserId> all = new LinkedHashSet<>(members);
        all.remove(owner);
        List<RoomMember> first = new ArrayList<>();
        first.add(new RoomMember(owner, RoomRole.OWNER, clock.millis()));
        all.forEach(each -> first.add(new RoomMember(each, RoomRole.MEMBER, clock.millis(), owner)));
        try {
            RoomForm.checkName(name);
            writer.checkSize(first.size());
        } catch (ChatException e) {
            return CompletableFuture.failedFuture(e);
        }
        return writer.create(new Room(id, name, open, clock.millis(), List.of()), first, RoomActor.application(owner))
                .thenCompose(done -> writer.find(id));
    }

    @Override
    public CompletionStage<Room> find(RoomId room) {
        return writer.find(room);
    }

    @Override
    public CompletionStage<Room> update(RoomId id, RoomUpdate update) {
        try {
            RoomForm.check(update);
        } catch (ChatException e) {
            return CompletableFuture.failedFuture(e);
        }
        return writer.find(id).thenCompose(room -> writer.update(room, update, actor(room)));
    }

    @Override
    public CompletionStage<Boolean> put(RoomId id, UserId user, RoomRole role) {
        return writer.find(id).thenCompose(room -> {
            RoomMember present = room.member(user).orElse(null);
            if (present != null && present.role() == role) {
                return writer.tellEarlier(id).thenApply(done -> false);
            }
            RoomActor actor = actor(room);
            RoomMember member = new RoomMember(user, role, clock.millis(), actor.user());
            return present == null ? writer.add(id, member, actor) : writer.changeRole(id, member, maxMembers, actor);
        });
    }

    /** The application in the name of an owner, whom each room has. */
    private static RoomActor actor(Room room) {
        return room.members().stream()
                .filter(each -> each.role() == RoomRole.OWNER)
                .map(RoomMember::user)
                .findFirst()
                .map(RoomActor::application)
                .orElseThrow(Permissions::noSuchRoom);
    }

    @Override
    public CompletionStage<Boolean> remove(RoomId id, UserId user) {
        return writer.find(id)
                .thenCompose(room -> room.member(user).isPresent()
                        ? departures.expel(room, user)
                        : writer.tellEarlier(id).thenApply(done -> false));
    }

    @Override
    public CompletionStage<Boolean> delete(RoomId id) {
        return backends.rooms("room", store -> store.find(id)).thenCompose(found -> {
            // Also for a room that is gone: an earlier attempt may have failed before the history was deleted.
            CompletableFuture<Void> removed =
                    found.isPresent() ? removeAll(found.get()) : CompletableFuture.completedFuture(null);
            return removed.thenCompose(done -> backends.erase(ConversationId.room(id)))
                    .thenApply(done -> {
                        found.ifPresent(room -> writer.onDeleted(room, actor(room)));
                        return found.isPresent();
                    });
        });
    }

    /** Removes the owners last, because a room with members has an owner. */
    private CompletableFuture<Void> removeAll(Room room) {
        RoomActor actor = actor(room);
        List<UserId> members = users(room, each -> each != RoomRole.OWNER);
        return Fanout.over(members, MAX_PARALLEL, overflow, each -> writer.removeQuietly(room.id(), each, actor))
                .done()
                .thenCompose(done -> Fanout.over(
                                users(room, each -> each == RoomRole.OWNER),
                                1,
                                each -> writer.removeQuietly(room.id(), each, actor))
                        .done());
    }

    private static List<UserId> users(Room room, Predicate<RoomRole> role) {
        return room.members().stream()
                .filter(each -> role.test(each.role()))
                .map(RoomMember::user)
                .toList();
    }
}
