package io.webchat.redis;

import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.AdditionPolicy;
import io.webchat.core.rooms.Membership;
import io.webchat.core.rooms.Room;
import io.webchat.core.rooms.RoomMember;
import io.webchat.core.rooms.RoomUpdate;
import io.webchat.core.spi.rooms.RoomConsent;
import io.webchat.core.spi.rooms.RoomConsentStore;
import io.webchat.core.spi.rooms.RoomDetailsStore;
import io.webchat.core.spi.rooms.RoomNote;
import io.webchat.core.spi.rooms.RoomSnapshot;
import io.webchat.core.spi.rooms.RoomStore;
import io.webchat.core.spi.rooms.UserConsents;
import io.webchat.redis.internal.rooms.RoomChanges;
import io.webchat.redis.internal.rooms.RoomConsents;
import io.webchat.redis.internal.rooms.RoomQueries;
import io.webchat.redis.internal.rooms.RoomRepair;
import io.webchat.redis.internal.rooms.RoomScripts;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Rooms in Redis, for all nodes: one HASH per room, one per user with the list of the user's rooms, and one with the
 * rooms that the user must agree to join. They do not expire. They are as durable as Redis: its persistence and its
 * replicas decide how much survives its death.
 *
 * <p>On a cluster a room and the list of a member may be on different servers. A node that dies during a change leaves
 * no contradiction: readers ask the room until the change has ended, and a repetition or a later reader ends it. A
 * master that dies may lose its last writes, while another one has them. Each read compares two entries and repairs
 * such a contradiction.
 *
 * <p>Stages complete on the thread of a connection, which also serves other users, so do not block it. They fail with
 * {@code unavailable} if there is no reply in time, and with {@code queue_full} if the server has no memory left; the
 * change may have taken effect, and it is safe to repeat it. Removals need no memory. If a connection was lost before
 * the reply, the answer for a change that took effect may be false.
 *
 * <p>Safe for use by many threads.
 */
public final class RedisRoomStore implements RoomStore, RoomConsentStore, RoomDetailsStore {
    private final RoomChanges changes;
    private final RoomQueries reader;
    private final RoomConsents consents;

    /** Rooms over these connections. The caller closes them. */
    public RedisRoomStore(RedisConnections connections) {
        RoomScripts scripts = new RoomScripts(connections.keys());
        changes = new RoomChanges(connections.commands(), scripts);
        reader = new RoomQueries(
                connections.commands(), scripts, new RoomRepair(connections.commands(), scripts, changes));
        consents = new RoomConsents(connections.commands(), connections.keys());
    }

    @Override
    public CompletionStage<Boolean> create(Room room, @Nullable RoomNote note) {
        return changes.create(room, note);
    }

    @Override
    public CompletionStage<Optional<RoomSnapshot>> load(RoomId room) {
        return reader.load(room);
    }

    @Override
    public CompletionStage<Boolean> put(RoomId room, RoomMember member, int maxMembers, @Nullable RoomNote note) {
        return changes.put(room, member, maxMembers, note);
    }

    @Override
    public CompletionStage<Boolean> remove(RoomId room, UserId member, @Nullable RoomNote note) {
        return changes.remove(room, member, note);
    }

    @Override
    public CompletionStage<Void> removeNote(RoomId room, String note) {
        return changes.forgetNote(room, note);
    }

    @Override
    public CompletionStage<List<Membership>> roomsOf(UserId user) {
        return reader.roomsOf(user);
    }

    @Override
    public CompletionStage<Boolean> update(RoomId room, RoomUpdate update, @Nullable RoomNote note) {
        if (!update.isListed()) {
            return changes.update(room, update, note);
        }
        return changes.update(room, update, note)
                .thenCompose(changed -> reader.load(room)
                        .thenCompose(found -> changes.refreshAll(
                                room, found.map(each -> users(each.room())).orElse(List.of())))
                        .thenApply(done -> changed));
    }

    private static List<UserId> users(Room room) {
        return room.members().stream().map(RoomMember::user).toList();
    }

    @Override
    public CompletionStage<UserConsents> consents(UserId user) {
        return consents.consents(user);
    }

    @Override
    public CompletionStage<Void> setPolicy(UserId user, AdditionPolicy policy) {
        return consents.setPolicy(user, policy);
    }

    @Override
    public CompletionStage<Void> save(UserId user, RoomConsent consent) {
        return consents.save(user, consent);
    }

    @Override
    public CompletionStage<Void> forget(UserId user, RoomId room) {
        return consents.forget(user, room);
    }
}
