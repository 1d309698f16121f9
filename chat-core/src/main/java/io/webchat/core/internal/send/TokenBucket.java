package io.webchat.core.internal.send;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A rate limit stored in one number: the time when the bucket will be full again (the generic cell rate algorithm of
 * ATM Forum TM 4.0). Safe for use by several threads.
 */
final class TokenBucket {
    private static final double NANOS_PER_SECOND = 1e9;
    /** 36 years, so that the sum of a cost and a time fits. */
    private static final long MAX_COST = 1L << 60;

    private final LongSupplier nanoTime;
    private final int perSecond;
    private final long capacityNanos;
    private final AtomicLong fullAt;

    /**
     * A full bucket.
     *
     * @param perSecond the tokens added per second; 0 for no limit
     * @param burst the time whose tokens the bucket holds at most
     * @param nanoTime the clock
     */
    TokenBucket(int perSecond, Duration burst, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.perSecond = perSecond;
        // At least one token fits; otherwise no event could ever pass.
        this.capacityNanos = Math.max(burst.toNanos(), nanos(1));
        this.fullAt = new AtomicLong(nanoTime.getAsLong());
    }

    private long nanos(long tokens) {
        return perSecond == 0 ? 0 : Math.min(MAX_COST, (long) (tokens * (NANOS_PER_SECOND / perSecond)));
    }

    /** Takes a token and returns 0; without a token, returns the nanoseconds until there will be one. */
    long take() {
        return take(1);
    }

    /**
     * Takes tokens and returns 0; without so many, returns the nanoseconds until there will be. A full bucket gives
     * more tokens than it holds, and is in debt then; otherwise an event that costs more could never pass.
     */
    long take(long tokens) {
        if (perSecond == 0) {
            return 0;
        }
        long now = nanoTime.getAsLong();
        long cost = nanos(tokens);
        while (true) {
            long old = fullAt.get();
            long used = Math.max(old - now, 0);
            long wait = used - Math.max(capacityNanos - cost, 0);
            if (wait > 0) {
                return wait;
            }
            if (fullAt.compareAndSet(old, now + used + cost)) {
                return 0;
            }
        }
    }

    /** Whether it holds all its tokens, like a new bucket. */
    boolean isFull() {
        return fullAt.get() - nanoTime.getAsLong() <= 0;
    }
}
