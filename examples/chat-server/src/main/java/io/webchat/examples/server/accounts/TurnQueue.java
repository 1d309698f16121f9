package io.webchat.examples.server.accounts;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Things that wait in turns: sites take turns, and the keys of each site. Not safe for use by several threads.
 *
 * @param <T> the things
 */
final class TurnQueue<T> {
    /**
     * Whose turn it is.
     *
     * @param site the group of keys that shares a turn
     * @param key the key within the site
     */
    record Turn(Object site, Object key) {}

    /** Sites and keys in the order of their turns, none without a thing. */
    private final Map<Object, Map<Object, Deque<T>>> sites = new LinkedHashMap<>();

    private int size;

    int size() {
        return size;
    }

    /** How many things of this key wait. */
    int size(Turn turn) {
        Deque<T> own = keys(turn).get(turn.key());
        return own == null ? 0 : own.size();
    }

    private Map<Object, Deque<T>> keys(Turn turn) {
        return sites.getOrDefault(turn.site(), Map.of());
    }

    void add(Turn turn, T thing) {
        sites.computeIfAbsent(turn.site(), any -> new LinkedHashMap<>())
                .computeIfAbsent(turn.key(), any -> new ArrayDeque<>())
                .addLast(thing);
        size++;
    }

    /** Takes the first thing of the key whose turn it is; null if none waits. */
    @Nullable
    T next() {
        if (size == 0) {
            return null;
        }
        Map.Entry<Object, Map<Object, Deque<T>>> site =
                sites.entrySet().iterator().next();
        Map.Entry<Object, Deque<T>> key = site.getValue().entrySet().iterator().next();
        T first = key.getValue().removeFirst();
        size--;
        sites.remove(site.getKey());
        site.getValue().remove(key.getKey());
        if (!key.getValue().isEmpty()) {
            site.getValue().put(key.getKey(), key.getValue());
        }
        if (!site.getValue().isEmpty()) {
            sites.put(site.getKey(), site.getValue());
        }
        return first;
    }

    /**
     * Takes the last thing of the site that has the most, and there of the key that has the most. Takes it from this
     * site itself if none has clearly more, and there from a key that has clearly more. Null if there is none.
     */
    @Nullable
    T loseFor(Turn turn) {
        Map<Object, Deque<T>> own = keys(turn);
        Map<Object, Deque<T>> largest = sites.values().stream()
                .max(Comparator.comparingInt(TurnQueue::sum))
                .orElse(Map.of());
        boolean isLarger = sum(largest) > sum(own) + 1;
        Deque<T> longest = longest(isLarger ? largest.values() : own.values());
        if (longest == null || (!isLarger && longest.size() <= size(turn) + 1)) {
            return null;
        }
        size--;
        T last = longest.removeLast();
        sites.values().forEach(keys -> keys.values().removeIf(Deque::isEmpty));
        sites.values().removeIf(Map::isEmpty);
        return last;
    }

    private static int sum(Map<Object, ? extends Deque<?>> keys) {
        return keys.values().stream().mapToInt(Deque::size).sum();
    }

    private @Nullable Deque<T> longest(Collection<Deque<T>> keys) {
        return keys.stream().max(Comparator.comparingInt(Deque::size)).orElse(null);
    }
}
