package io.webchat.core.spi.support;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Bounds how much each key, such as a user or an address, has in progress at once. Keys without anything in progress
 * take no memory. Safe for use by several threads.
 *
 * @param <K> the type of the keys
 */
public final class KeyedLimit<K> {
    private final Map<K, Integer> taken = new ConcurrentHashMap<>();
    private final int max;

    /** Makes a limit of {@code max} for each key. */
    public KeyedLimit(int max) {
        this.max = max;
    }

    /** Counts one more for the key, unless it has reached the limit; {@link #giveBack} takes it back. */
    public boolean tryTake(K key) {
        if (taken.merge(key, 1, Integer::sum) <= max) {
            return true;
        }
        giveBack(key);
        return false;
    }

    /** Counts one less for the key. */
    public void giveBack(K key) {
        taken.computeIfPresent(key, (any, count) -> count == 1 ? null : count - 1);
    }
}
