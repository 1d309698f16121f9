package io.webchat.core.memory;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.Membership;
import io.webchat.core.Room;
import io.webchat.core.RoomId;
import io.webchat.core.RoomMember;
import io.webchat.core.RoomRole;
import io.webchat.core.UserId;
import io.webchat.core.spi.RoomStore;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A bounded number of rooms in the memory of this process. Creating a further room fails, because no room may be
 * dropped for another one. Stages are complete when they are returned.
 */
public final class MemoryRoomStore implements RoomStore {
    private static final int ROOMS = 100_000;

    /** Each room is replaced as a whole by a change; guarded by this. */
    private final Map<RoomId, Room> rooms = new HashMap<>();
    /** Guarded by this. */
    private final Map<UserId, Set<RoomId>> byUser = new HashMap<>();

    private final int maxRooms;

    /**
     * The ids of removed rooms, as many as there may be rooms. They are not used again, because the call log has their
     * messages.
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
    public CompletionStage<Boolean> create(Room room) {
        return step(() -> {
            if (rooms.containsKey(room.id()) || gone.containsKey(room.id())) {
                return false;
            }
            if (rooms.size() >= maxRooms) {
                throw new ChatException(
                        ErrorCode.QUEUE_FULL, "this node already holds " + maxRooms + " rooms, its limit");
            }
            keep(room, room.members());
            room.members().forEach(each -> index(each.user(), room.id()));
            return true;
        });
    }

    @Override
    public CompletionStage<Optional<Room>> find(RoomId room) {
        return step(() -> Optional.ofNullable(rooms.get(room)));
    }

    @Override
    public CompletionStage<Boolean> put(RoomId id, RoomMember member, int maxMembers) {
        return step(() -> {
            Room room = rooms.get(id);
            if (room == null) {
                throw new ChatException(ErrorCode.NOT_FOUND, "there is no such room");
            }
            RoomMember existing = room.member(member.user()).orElse(null);
            return existing == null ? add(room, member, maxMembers) : change(room, existing, member.role());
        });
    }

    private boolean add(Room room, RoomMember member, int maxMembers) {
        if (room.members().size() >= maxMembers) {
            throw new ChatException(ErrorCode.TOO_LARGE, "the room is full");
        }
        keep(room, with(room, member));
        index(member.user(), room.id());
        return true;
    }

    private boolean change(Room room, RoomMember existing, RoomRole role) {
        if (existing.role() == role) {
            return false;
        }
        if (isLastOwner(room, existing)) {
            throw lastOwner();
        }
        keep(room, with(room, new RoomMember(existing.user(), role, existing.joinedAt())));
        return true;
    }

    @Override
    public CompletionStage<Boolean> remove(RoomId id, UserId member) {
        return step(() -> {
            Room room = rooms.get(id);
            RoomMember existing = room == null ? null : room.member(member).orElse(null);
            if (room == null || existing == null) {
                return false;
            }
            List<RoomMember> others = without(room, member).toList();
            if (isLastOwner(room, existing) && !others.isEmpty()) {
                throw lastOwner();
            }
            keep(room, others);
            unindex(member, id);
            return true;
        });
    }

    @Override
    public CompletionStage<List<Membership>> roomsOf(UserId user) {
        return step(() -> byUser.getOrDefault(user, Set.of()).stream()
                .map(rooms::get)
                .filter(Objects::nonNull)
                .flatMap(room -> room.member(user).stream()
                        .map(each -> new Membership(room.id(), room.name(), each.role(), each.joinedAt())))
                .sorted(Comparator.comparing(each -> each.room().value()))
                .toList());
    }

    /** Runs one atomic step. */
    private synchronized <T> CompletionStage<T> step(Supplier<T> work) {
        try {
            return CompletableFuture.completedFuture(work.get());
        } catch (ChatException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Replaces the members of the room; removes a room without members. */
    private void keep(Room room, List<RoomMember> members) {
        if (members.isEmpty()) {
            rooms.remove(room.id());
            gone.put(room.id(), true);
            return;
        }
        List<RoomMember> ordered =
                members.stream().sorted(Comparator.comparing(RoomMember::user)).toList();
        rooms.put(room.id(), new Room(room.id(), room.name(), room.open(), room.createdAt(), ordered));
    }

    private static List<RoomMember> with(Room room, RoomMember member) {
        return Stream.concat(without(room, member.user()), Stream.of(member)).toList();
    }

    private static Stream<RoomMember> without(Room room, UserId user) {
        return room.members().stream().filter(each -> !each.user().equals(user));
    }

    private static boolean isLastOwner(Room room, RoomMember member) {
        return member.role() == RoomRole.OWNER
                && without(room, member.user()).noneMatch(each -> each.role() == RoomRole.OWNER);
    }

    private static ChatException lastOwner() {
        return new ChatException(ErrorCode.CONFLICT, "a room keeps at least one owner");
    }

    private void index(UserId user, RoomId room) {
        byUser.computeIfAbsent(user, any -> new HashSet<>()).add(room);
    }

    private void unindex(UserId user, RoomId room) {
        byUser.computeIfPresent(user, (any, existing) -> without(existing, room));
    }

    private static @Nullable Set<RoomId> without(Set<RoomId> all, RoomId room) {
        all.remove(room);
        return all.isEmpty() ? null : all;
    }
}
