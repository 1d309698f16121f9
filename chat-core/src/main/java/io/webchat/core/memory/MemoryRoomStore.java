package io.webchat.core.memory;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.AdditionPolicy;
import io.webchat.core.rooms.Membership;
import io.webchat.core.rooms.Room;
import io.webchat.core.rooms.RoomMember;
import io.webchat.core.rooms.RoomUpdate;
import io.webchat.core.spi.rooms.RoomConsent;
import io.webchat.core.spi.rooms.RoomConsentStore;
import io.webchat.core.spi.rooms.RoomNote;
import io.webchat.core.spi.rooms.RoomSnapshot;
import io.webchat.core.spi.rooms.RoomStore;
import io.webchat.core.spi.rooms.RoomUpdating;
import io.webchat.core.spi.rooms.UserConsents;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A bounded number of rooms in the memory of this process. Creating a further room fails, because no room may be
 * dropped for another one. Rooms do not wait for each other. Stages are complete when they are returned.
 */
public final class MemoryRoomStore implements RoomStore, RoomConsentStore, RoomUpdating {
    private static final int ROOMS = 100_000;

    /** A room changes only in this map's atomic step for its id. */
    private final Map<RoomId, StoredRoom> rooms = new ConcurrentHashMap<>();

    private final AtomicInteger count = new AtomicInteger();
    private final Map<UserId, UserRooms> byUser = new ConcurrentHashMap<>();
    private final MemoryRoomConsents consents = new MemoryRoomConsents();
    private final int maxRooms;

    /**
     * The ids of removed rooms, as many as there may be rooms. They are not used again, because the call log has their
     * messages. Guarded by itself.
     */
    private final Map<RoomId, Boolean> gone = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<RoomId, Boolean> eldest) {
            return size() > maxRooms;
        }
    };

    private MemoryRoomStore(int maxRooms) {
        this.maxRooms = maxRooms;
    }

    /** Makes a store for 100 000 rooms. */
    public static MemoryRoomStore create() {
        return create(ROOMS);
    }

    /**
     * Makes a store for {@code maxRooms} rooms. Creating a further one fails with {@code queue_full}.
     *
     * @throws IllegalArgumentException when the bound is below 1
     */
    public static MemoryRoomStore create(int maxRooms) {
        if (maxRooms < 1) {
            throw new IllegalArgumentException("maxRooms must be 1 or more");
        }
        return new MemoryRoomStore(maxRooms);
    }

    @Override
    public CompletionStage<Boolean> create(Room room, @Nullable RoomNote note) {
        return step(() -> {
            boolean[] created = new boolean[1];
            rooms.compute(room.id(), (id, present) -> {
                if (present != null || isGone(id)) {
                    return present;
                }
                reserve();
                created[0] = true;
                room.members().forEach(each -> index(room, each));
                StoredRoom stored = new StoredRoom(room);
                stored.add(note);
                return stored;
            });
            return created[0];
        });
    }

    private boolean isGone(RoomId id) {
        synchronized (gone) {
            return gone.containsKey(id);
        }
    }

    private void reserve() {
        if (count.incrementAndGet() > maxRooms) {
            count.decrementAndGet();
            throw new ChatException(ErrorCode.QUEUE_FULL, "this node already holds " + maxRooms + " rooms, its limit");
        }
    }

    @Override
    public CompletionStage<Optional<RoomSnapshot>> load(RoomId room) {
        return step(() -> Optional.ofNullable(rooms.get(room)).map(StoredRoom::snapshot));
    }

    @Override
    public CompletionStage<Boolean> put(RoomId id, RoomMember member, int maxMembers, @Nullable RoomNote note) {
        return step(() -> {
            boolean[] changed = new boolean[1];
            StoredRoom found = rooms.computeIfPresent(id, (any, room) -> {
                RoomMember stored = room.put(member, maxMembers);
                if (stored != null) {
                    changed[0] = true;
                    index(room.withoutMembers(), stored);
                    room.add(note);
                }
                return room;
            });
            checkExists(found);
            return changed[0];
        });
    }

    private static void checkExists(@Nullable StoredRoom found) {
        if (found == null) {
            throw new ChatException(ErrorCode.NOT_FOUND, "there is no such room");
        }
    }

    @Override
    public CompletionStage<Boolean> remove(RoomId id, UserId member, @Nullable RoomNote note) {
        return step(() -> {
            boolean[] removed = new boolean[1];
            rooms.computeIfPresent(id, (any, room) -> {
                removed[0] = room.remove(member);
                if (removed[0]) {
                    byUser.computeIfPresent(member, (user, its) -> its.without(id));
                    room.add(note);
                }
                return room.isEmpty() ? end(id) : room;
            });
            return removed[0];
        });
    }

    private @Nullable StoredRoom end(RoomId id) {
        synchronized (gone) {
            gone.put(id, true);
        }
        count.decrementAndGet();
        return null;
    }

    @Override
    public CompletionStage<List<Membership>> roomsOf(UserId user) {
        return step(() -> {
            UserRooms its = byUser.get(user);
            return its == null ? List.of() : its.all();
        });
    }

    @Override
    public CompletionStage<Boolean> update(RoomId id, RoomUpdate update, @Nullable RoomNote note) {
        return step(() -> {
            boolean[] changed = new boolean[1];
            StoredRoom found = rooms.computeIfPresent(id, (any, room) -> {
                changed[0] = room.update(update);
                if (changed[0]) {
                    room.room().members().forEach(each -> index(room.withoutMembers(), each));
                    room.add(note);
                }
                return room;
            });
            checkExists(found);
            return changed[0];
        });
    }

    @Override
    public CompletionStage<Void> removeNote(RoomId id, String note) {
        StoredRoom room = rooms.get(id);
        if (room != null) {
            room.removeNote(note);
        }
        return CompletableFuture.completedFuture(null);
    }

    private void index(Room room, RoomMember member) {
        byUser.compute(
                member.user(),
                (user, present) -> (present == null ? new UserRooms() : present).with(Membership.of(room, member)));
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

    /** Runs one step; a refusal fails the stage. */
    private static <T> CompletionStage<T> step(Supplier<T> work) {
        try {
            return CompletableFuture.completedFuture(work.get());
        } catch (ChatException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
