package io.webchat.core.internal;

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
 * Keeps answers for a while. Several who ask for the same at once share one question; a failed one is forgotten. Safe
 * for use by several threads.
 */
final class ExpiringCache<K, V> {
    /**
     * Equal by its future alone, which nothing else has. Its age counts from the question on: the answer may be as
     * old as that.
     */
    private record Entry<V>(CompletableFuture<V> answer, long askedAt) {}

    private final Map<K, Entry<V>> entries = new ConcurrentHashMap<>();
    private final Function<K, CompletableFuture<V>> source;
    private final int max;
    private final long maxAgeNanos;
    private final LongSupplier nanoTime;

    ExpiringCache(Function<K, CompletableFuture<V>> source, int max, Duration maxAge, LongSupplier nanoTime) {
        this.source = source;
        this.max = max;
        this.maxAgeNanos = maxAge.toNanos();
        this.nanoTime = nanoTime;
    }

    /** The answer, which may be as old as the cache keeps it. */
    CompletableFuture<V> get(K key) {
        Entry<V> there = entries.get(key);
        return there == null || isOld(there) ? ask(key, there) : there.answer;
    }

    /** An answer to a question that was asked after this call. */
    CompletableFuture<V> getAnew(K key) {
        forget(key);
        return get(key);
    }

    private CompletableFuture<V> ask(K key, @Nullable Entry<V> old) {
        Entry<V> mine = new Entry<>(new CompletableFuture<>(), nanoTime.getAsLong());
        Entry<V> kept = entries.compute(key, (any, there) -> there == null || there.equals(old) ? mine : there);
        if (!kept.equals(mine)) {
            return kept.answer;
        }
        Stages.whenDone(source.apply(key), (value, failure) -> {
            if (failure == null) {
                mine.answer.complete(value);
            } else {
                entries.remove(key, mine);
                mine.answer.completeExceptionally(Failures.unwrap(failure));
            }
        });
        makeRoom();
        return mine.answer;
    }

    /** What is asked from now on is asked anew, also while a question is under way. */
    void forget(K key) {
        entries.remove(key);
    }

    private boolean isOld(Entry<V> entry) {
        return nanoTime.getAsLong() - entry.askedAt >= maxAgeNanos;
    }

    /** An eighth at once, whichever they are: one by one would cost a walk for each. */
    private void makeRoom() {
        if (entries.size() <= max) {
            return;
        }
        Iterator<Entry<V>> some = entries.values().iterator();
        for (int i = 0; i <= max / 8 && some.hasNext(); i++) {
            some.next();
            some.remove();
        }
    }

    int size() {
        return entries.size();
    }
}
