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
import io.webchat.core.spi.rooms.RoomDetailsStore;
import io.webchat.core.spi.rooms.RoomNote;
import io.webchat.core.spi.rooms.RoomSnapshot;
import io.webchat.core.spi.rooms.RoomStore;
import io.webchat.core.spi.rooms.UserConsents;
import io.webchat.core.spi.support.ByteBudget;
import io.webchat.core.spi.support.HeapShare;
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
 * A bounded number of rooms in the memory of this process, within a bound in bytes for rooms and consents together.
 * Creating a further room fails, because no room may be dropped for another one; so does every other change that needs
 * memory beyond the bound. Members can always leave. Rooms do not wait for each other. Stages are complete when they
 * are returned.
 */
public final class MemoryRoomStore implements RoomStore, RoomConsentStore, RoomDetailsStore {
    private static final int ROOMS = 100_000;

    /** A room changes only in this map's atomic step for its id. */
    private final Map<RoomId, StoredRoom> rooms = new ConcurrentHashMap<>();

    private final AtomicInteger count = new AtomicInteger();
    private final Map<UserId, UserRooms> byUser = new ConcurrentHashMap<>();
    private final MemoryRoomConsents consents;
    private final RemovedRooms gone;
    private final ByteBudget budget;
    private final int maxRooms;

    private MemoryRoomStore(int maxRooms, ByteBudget budget) {
        this.maxRooms = maxRooms;
        this.budget = budget;
        this.gone = new RemovedRooms(maxRooms, budget);
        this.consents = new MemoryRoomConsents(budget);
    }

    /** Makes a store for 100 000 rooms, in its {@linkplain HeapShare#ROOMS share} of the heap. */
    public static MemoryRoomStore create() {
        return create(ROOMS);
    }

    /**
     * Makes a store for {@code maxRooms} rooms, in its share of the heap. Creating a further one fails with {@code
     * queue_full}.
     *
     * @throws IllegalArgumentException when the bound is below 1
     */
    public static MemoryRoomStore create(int maxRooms) {
        return create(maxRooms, HeapShare.ROOMS.bytes());
    }

    /**
     * Makes a store with other bounds.
     *
     * @param maxBytes the heap that rooms and consents may take: about 1 KB for a room and as much for each member
     * @throws IllegalArgumentException when a bound is below 1
     */
    public static MemoryRoomStore create(int maxRooms, long maxBytes) {
        if (maxRooms < 1) {
            throw new IllegalArgumentException("maxRooms must be 1 or more");
        }
        return new MemoryRoomStore(maxRooms, new ByteBudget("rooms", maxBytes));
    }

    /** The bytes that count against the bound. */
    long heldBytes() {
        return budget.used();
    }

    @Override
    public CompletionStage<Boolean> create(Room room, @Nullable RoomNote note) {
        return step(() -> {
            boolean[] created = new boolean[1];
            rooms.compute(room.id(), (id, present) -> {
                if (present != null || gone.contains(id)) {
                    return present;
                }
                reserve(StoredRoom.heap(room, note));
                created[0] = true;
                room.members().forEach(each -> index(room, each));
                return new StoredRoom(room, note, budget);
            });
            return created[0];
        });
    }

    private void reserve(long bytes) {
        if (count.incrementAndGet() > maxRooms) {
            count.decrementAndGet();
            throw new ChatException(ErrorCode.QUEUE_FULL, "this node already holds " + maxRooms + " rooms, its limit");
        }
        while (!budget.tryTake(bytes)) {
            if (!gone.forgetOldest()) {
                count.decrementAndGet();
                throw budget.full();
            }
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
                RoomMember stored = room.put(member, maxMembers, note);
                if (stored != null) {
                    changed[0] = true;
                    index(room.withoutMembers(), stored);
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
                removed[0] = room.remove(member, note);
                if (removed[0]) {
                    byUser.computeIfPresent(member, (user, its) -> its.without(id));
                }
                return room.isEmpty() ? end(id, room) : room;
            });
            return removed[0];
        });
    }

    private @Nullable StoredRoom end(RoomId id, StoredRoom room) {
        room.end();
        gone.add(id);
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
                changed[0] = room.update(update, note);
                if (changed[0]) {
                    room.room().members().forEach(each -> index(room.withoutMembers(), each));
                }
                return room;
            });
            checkExists(found);
            return changed[0];
        });
    }

    @Override
    public CompletionStage<Void> removeNote(RoomId id, String note) {
        // In the step for its id: a room that has just ended has given back the heap of its notes.
        rooms.computeIfPresent(id, (any, room) -> {
            room.removeNote(note);
            return room;
        });
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
