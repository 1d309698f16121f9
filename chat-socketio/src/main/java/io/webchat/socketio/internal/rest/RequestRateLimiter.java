package io.webchat.socketio.internal.rest;

import io.webchat.core.ChatException;
import io.webchat.core.UserId;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Limits the requests of each user with a token bucket. A bucket is stored as the time at which it will be full again.
 * Full buckets are removed from time to time, because a new bucket behaves the same.
 */
final class RequestRateLimiter {
    private static final int SWEEP_EVERY = 1024;

    private final Map<UserId, Long> fullAt = new ConcurrentHashMap<>();
    private final AtomicInteger newBuckets = new AtomicInteger();
    private final LongSupplier nanoTime;
    private final long nanosPerToken;
    private final long capacityNanos;

    /**
     * Makes a limiter.
     *
     * @param perSecond how many requests a user may make per second; 0 means no limit
     * @param burst the time whose requests may come at once
     */
    RequestRateLimiter(int perSecond, Duration burst, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.nanosPerToken = perSecond == 0 ? 0 : 1_000_000_000L / perSecond;
        this.capacityNanos = Math.max(burst.toNanos(), nanosPerToken);
    }

    /** Counts a request. Throws {@code rate_limited} with the time to wait if the bucket is empty. */
    void take(UserId user) {
        if (nanosPerToken == 0) {
            return;
        }
        long now = nanoTime.getAsLong();
        long[] wait = new long[1];
        fullAt.compute(user, (any, old) -> {
            if (old == null) {
                newBuckets.incrementAndGet();
            }
            long from = old == null || old - now < 0 ? now : old;
            wait[0] = from + nanosPerToken - now - capacityNanos;
            return wait[0] > 0 ? from : from + nanosPerToken;
        });
        sweep(now);
        if (wait[0] > 0) {
            throw ChatException.rateLimited("too many requests", Duration.ofNanos(wait[0]));
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
