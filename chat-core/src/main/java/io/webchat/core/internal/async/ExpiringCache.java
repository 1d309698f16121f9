package io.webchat.core.internal.async;

import io.webchat.core.spi.support.Failures;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A cache of asynchronous answers. Concurrent requests for one key share one query, and get its answer in the order of
 * their requests. A failed answer is not cached. Safe for use by several threads.
 */
public final class ExpiringCache<K, V> {
    /**
     * A cached answer. Its age counts from the query on, because the answer may be as old as that. Two entries are
     * equal only if they have the same answer.
     */
    private record Entry<V>(SharedAnswer<V> answer, long queriedAt) {}

    private final Map<K, Entry<V>> entries = new ConcurrentHashMap<>();
    private final Function<K, CompletableFuture<V>> source;
    private final int max;
    private final long maxAgeNanos;
    private final LongSupplier nanoTime;

    /**
     * An empty cache.
     *
     * @param source answers the query for a key
     * @param max the largest number of keys
     * @param maxAge the largest age of an answer
     * @param nanoTime the clock
     */
    public ExpiringCache(Function<K, CompletableFuture<V>> source, int max, Duration maxAge, LongSupplier nanoTime) {
        this.source = source;
        this.max = max;
        this.maxAgeNanos = maxAge.toNanos();
        this.nanoTime = nanoTime;
    }

    /** Returns the cached answer, or queries a new one. */
    public CompletableFuture<V> get(K key) {
        Entry<V> cached = entries.get(key);
        return cached == null || isOld(cached) ? query(key, cached) : cached.answer.get();
    }

    /** Returns the answer if it is known now; null otherwise. */
    public @Nullable V known(K key) {
        Entry<V> cached = entries.get(key);
        return cached == null || isOld(cached) ? null : cached.answer.known();
    }

    /** Returns the answer to a query made after this call. */
    public CompletableFuture<V> refresh(K key) {
        forget(key);
        return get(key);
    }

    private CompletableFuture<V> query(K key, @Nullable Entry<V> old) {
        Entry<V> mine = new Entry<>(new SharedAnswer<>(), nanoTime.getAsLong());
        Entry<V> shared = entries.compute(key, (any, now) -> now == null || now.equals(old) ? mine : now);
        CompletableFuture<V> result = shared.answer.get();
        if (!shared.equals(mine)) {
            return result;
        }
        Completions.whenDone(source.apply(key), (value, failure) -> {
            if (failure == null) {
                mine.answer.complete(CompletableFuture.completedFuture(value));
            } else {
                entries.remove(key, mine);
                mine.answer.complete(CompletableFuture.failedFuture(Failures.unwrap(failure)));
            }
        });
        evict();
        return result;
    }

    /** Forgets the answer. The next request makes a new query, even if one is under way. */
    public void forget(K key) {
        entries.remove(key);
    }

    private boolean isOld(Entry<V> entry) {
        return nanoTime.getAsLong() - entry.queriedAt >= maxAgeNanos;
    }

    /** Removes one eighth of the entries, in no special order, so that the next calls need not search. */
    private void evict() {
        if (entries.size() <= max) {
            return;
        }
        Iterator<Entry<V>> some = entries.values().iterator();
        for (int i = 0; i <= max / 8 && some.hasNext(); i++) {
            some.next();
            some.remove();
        }
    }

    /** The number of cached answers. */
    int size() {
        return entries.size();
    }
}
