package io.webchat.socketio.internal.auth;

import io.webchat.core.ChatException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * A token bucket for each key. A bucket is stored as the time at which it will be full again. Full buckets are removed
 * from time to time, because a new bucket behaves the same.
 *
 * @param <K> the key, such as a user or an address
 */
public final class RateLimiter<K> {
    private static final int SWEEP_EVERY = 1024;

    private final Map<K, Long> fullAt = new ConcurrentHashMap<>();
    private final AtomicInteger newBuckets = new AtomicInteger();
    private final String refusal;
    private final LongSupplier nanoTime;
    private final long nanosPerToken;
    private final long capacityNanos;

    /**
     * Makes a limiter.
     *
     * @param refusal the detail of the error, such as {@code too many requests}
     * @param perSecond how many tokens a bucket gets per second; 0 means no limit
     * @param burst the time whose tokens a bucket holds
     * @param nanoTime the clock
     */
    public RateLimiter(String refusal, int perSecond, Duration burst, LongSupplier nanoTime) {
        this.refusal = refusal;
        this.nanoTime = nanoTime;
        this.nanosPerToken = perSecond == 0 ? 0 : 1_000_000_000L / perSecond;
        this.capacityNanos = Math.max(burst.toNanos(), nanosPerToken);
    }

    /** Takes a token. Throws {@code rate_limited} with the time to wait if the bucket is empty. */
    public void take(K key) {
        if (nanosPerToken == 0) {
            return;
        }
        long now = nanoTime.getAsLong();
        long[] wait = new long[1];
        fullAt.compute(key, (any, old) -> {
            if (old == null) {
                newBuckets.incrementAndGet();
            }
            long from = old == null || old - now < 0 ? now : old;
            wait[0] = wait(from, now);
            return wait[0] > 0 ? from : from + nanosPerToken;
        });
        sweep(now);
        refuse(wait[0]);
    }

    /** Throws {@code rate_limited} with the time to wait if the bucket is empty. Takes no token. */
    void check(K key) {
        Long full = fullAt.get(key);
        if (full != null) {
            refuse(wait(full, nanoTime.getAsLong()));
        }
    }

    private long wait(long full, long now) {
        return full + nanosPerToken - now - capacityNanos;
    }

    private void refuse(long wait) {
        if (wait > 0) {
            throw ChatException.rateLimited(refusal, Duration.ofNanos(wait));
        }
    }

    private void sweep(long now) {
        int count = newBuckets.get();
        if (count >= SWEEP_EVERY && newBuckets.compareAndSet(count, 0)) {
            fullAt.values().removeIf(time -> time - now <= 0);
        }
    }

    int size() {
        return fullAt.size();
    }
}
