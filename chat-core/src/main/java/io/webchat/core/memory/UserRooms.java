package io.webchat.core.memory;

import io.webchat.core.ids.RoomId;
import io.webchat.core.rooms.Membership;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rooms of one user, ordered by id. The list is made only when it is read after a change. Guarded by itself. */
final class UserRooms {
    private final SortedMap<String, Membership> rooms = new TreeMap<>();
    private @Nullable List<Membership> read;

    /** Adds or replaces a room. */
    synchronized UserRooms with(Membership room) {
        rooms.put(room.room().value(), room);
        read = null;
        return this;
    }

    /** Removes a room; returns null if there are no others. */
    synchronized @Nullable UserRooms without(RoomId room) {
        rooms.remove(room.value());
        read = null;
        return rooms.isEmpty() ? null : this;
    }

    synchronized List<Membership> all() {
        List<Membership> now = read;
        if (now == null) {
            now = List.copyOf(rooms.values());
            read = now;
        }
        return now;
    }
}
