package io.webchat.core.spi.support;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Exponential backoff with jitter: the time to wait before the next attempt.
 *
 * <p>The upper bound of a wait doubles with each failure until it reaches a maximum. The wait itself is random, so
 * that many nodes that lost the same server do not all come back at the same moment. A backoff holds no state and is
 * safe for use by several threads; the caller counts its failures.
 */
public final class Backoff {
    private final long firstNanos;
    private final long maxNanos;
    private final boolean half;

    private Backoff(Duration first, Duration max, boolean half) {
        if (first.isNegative() || first.isZero() || max.compareTo(first) < 0) {
            throw new IllegalArgumentException("the first wait must be positive and not longer than the longest");
        }
        this.firstNanos = first.toNanos();
        this.maxNanos = max.toNanos();
        this.half = half;
    }

    /**
     * A backoff whose wait lies anywhere between zero and its upper bound. Use it when many callers compete.
     *
     * @param first the upper bound after the first failure
     * @param max the highest upper bound
     * @throws IllegalArgumentException when {@code first} is not positive or longer than {@code max}
     */
    public static Backoff fullJitter(Duration first, Duration max) {
        return new Backoff(first, max, false);
    }

    /**
     * A backoff whose wait lies between one half of its upper bound and the whole. Use it when each attempt needs a
     * pause before it.
     *
     * @param first the upper bound after the first failure
     * @param max the highest upper bound
     * @throws IllegalArgumentException when {@code first} is not positive or longer than {@code max}
     */
    public static Backoff halfJitter(Duration first, Duration max) {
        return new Backoff(first, max, true);
    }

    /**
     * The time to wait after one more failure.
     *
     * @param before the number of failures in a row before this one; 0 for the first
     */
    public Duration delay(int before) {
        long bound = bound(before);
        long least = half ? bound / 2 : 0;
        return Duration.ofNanos(least + ThreadLocalRandom.current().nextLong(bound - least + 1));
    }

    private long bound(int before) {
        // Compared by division, since the product may not fit into a long.
        boolean reached = before >= Long.SIZE - 1 || maxNanos >> before < firstNanos;
        return reached ? maxNanos : firstNanos << before;
    }
}
