package io.webchat.core.internal.services;

import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The entries into rooms that are under way on this node. A limit counts them beside those in the store, so that many
 * calls at once do not pass it together. Safe for use by many threads.
 */
public final class RoomEntries {
    enum Kind {
        MEMBERSHIP,
        INVITATION
    }

    private record Key(Kind kind, UserId user) {}

    private record Entry(RoomId room, UserId by) {}

    private final Map<Key, List<Entry>> underWay = new ConcurrentHashMap<>();

    /**
     * The entries that were under way when another one began. Each of them is seen here, or else in a store that is
     * read afterwards.
     */
    static final class Earlier {
        private final Map<UserId, Map<RoomId, UserId>> entries = new HashMap<>();

        /** The rooms that this user is entering, with the users who let them in. The map is the caller's. */
        Map<RoomId, UserId> of(UserId user) {
            return new HashMap<>(entries.getOrDefault(user, Map.of()));
        }

        private void add(UserId user, List<Entry> others) {
            Map<RoomId, UserId> rooms = new HashMap<>();
            others.forEach(each -> rooms.put(each.room(), each.by()));
            entries.put(user, rooms);
        }
    }

    /**
     * Makes a step in which users enter a room.
     *
     * @param by the user who lets them in
     * @param step gets the entries that began before; it ends when the store has been written
     */
    <T> CompletableFuture<T> during(
            Kind kind, RoomId room, UserId by, Collection<UserId> users, Function<Earlier, CompletableFuture<T>> step) {
        Entry entry = new Entry(room, by);
        Set<UserId> entering = Set.copyOf(users);
        Earlier earlier = new Earlier();
        for (UserId user : entering) {
            underWay.compute(new Key(kind, user), (any, present) -> {
                List<Entry> entries = present == null ? new ArrayList<>() : present;
                earlier.add(user, entries);
                entries.add(entry);
                return entries;
            });
        }
        return begun(step, earlier).whenComplete((done, failure) -> {
            for (UserId user : entering) {
                underWay.computeIfPresent(new Key(kind, user), (any, entries) -> {
                    entries.remove(entry);
                    return entries.isEmpty() ? null : entries;
                });
            }
        });
    }

    private static <T> CompletableFuture<T> begun(Function<Earlier, CompletableFuture<T>> step, Earlier earlier) {
        try {
            return step.apply(earlier);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Whether nothing is under way. */
    boolean isEmpty() {
        return underWay.isEmpty();
    }
}
