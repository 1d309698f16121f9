package io.webchat.core.internal.send;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A rate limit stored in one number: the time when the bucket will be full again (the generic cell rate algorithm of
 * ATM Forum TM 4.0). Safe for use by several threads.
 */
final class TokenBucket {
    private final LongSupplier nanoTime;
    private final long nanosPerToken;
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
        this.nanosPerToken = perSecond == 0 ? 0 : 1_000_000_000L / perSecond;
        // At least one token fits; otherwise no event could ever pass.
        this.capacityNanos = Math.max(burst.toNanos(), nanosPerToken);
        this.fullAt = new AtomicLong(nanoTime.getAsLong());
    }

    /** Takes a token and returns 0; without a token, returns the nanoseconds until there will be one. */
    long take() {
        if (nanosPerToken == 0) {
            return 0;
        }
        long now = nanoTime.getAsLong();
        while (true) {
            long old = fullAt.get();
            long next = (old - now > 0 ? old : now) + nanosPerToken;
            long wait = next - now - capacityNanos;
            if (wait > 0) {
                return wait;
            }
            if (fullAt.compareAndSet(old, next)) {
                return 0;
            }
        }
    }

    /** Whether it holds all its tokens, like a new bucket. */
    boolean isFull() {
        return fullAt.get() - nanoTime.getAsLong() <= 0;
    }
}
