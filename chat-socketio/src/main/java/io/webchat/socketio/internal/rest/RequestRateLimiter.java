package io.webchat.socketio.internal.rest;

import io.webchat.core.ChatException;
import io.webchat.core.UserId;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * How many requests a user may make: a token bucket each, kept as the one time at which it will be full again. Buckets
 * that are full are dropped from time to time, as a new one would do the same.
 */
final class RequestRateLimiter {
    private static final int SWEEP_EVERY = 1024;

    private final Map<UserId, Long> fullAt = new ConcurrentHashMap<>();
    private final AtomicInteger made = new AtomicInteger();
    private final LongSupplier nanoTime;
    private final long nanosPerToken;
    private final long capacityNanos;

    /** {@code perSecond} requests a second, up to {@code burst}'s worth at once; 0 for no limit. */
    RequestRateLimiter(int perSecond, Duration burst, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.nanosPerToken = perSecond == 0 ? 0 : 1_000_000_000L / perSecond;
        this.capacityNanos = Math.max(burst.toNanos(), nanosPerToken);
    }

    /** Counts a request, or throws {@code rate_limited} with the time to wait. */
    void take(UserId user) {
        if (nanosPerToken == 0) {
            return;
        }
        long now = nanoTime.getAsLong();
        long[] wait = new long[1];
        fullAt.compute(user, (any, old) -> {
            if (old == null) {
                made.incrementAndGet();
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
        int some = made.get();
        if (some >= SWEEP_EVERY && made.compareAndSet(some, 0)) {
            fullAt.values().removeIf(time -> time - now <= 0);
        }
    }

    int size() {
        return fullAt.size();
    }
}
