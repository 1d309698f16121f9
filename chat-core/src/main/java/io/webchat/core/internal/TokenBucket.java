package io.webchat.core.internal;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A rate limit in one number: the time at which the bucket will be full again (the generic cell rate
 * algorithm of ATM Forum TM 4.0). Safe for use by several threads.
 */
final class TokenBucket {
    private final LongSupplier nanoTime;
    private final long nanosPerToken;
    private final long capacityNanos;
    private final AtomicLong fullAt;

    /** {@code perSecond} tokens a second, up to {@code burst} seconds' worth at once; 0 for no limit. */
    TokenBucket(int perSecond, Duration burst, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.nanosPerToken = perSecond == 0 ? 0 : 1_000_000_000L / perSecond;
        // At least one token fits, or nothing would ever pass.
        this.capacityNanos = Math.max(burst.toNanos(), nanosPerToken);
        this.fullAt = new AtomicLong(nanoTime.getAsLong());
    }

    /** Takes a token. Returns 0, or, when there is none, the nanoseconds until there will be one. */
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

    /** Whether it holds all its tokens, so that a new bucket would do the same. */
    boolean full() {
        return fullAt.get() - nanoTime.getAsLong() <= 0;
    }
}
