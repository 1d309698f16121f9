package io.webchat.redis;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before the next attempt: up to twice as long each time, at random, so that nodes that lost a
 * server together do not come back together. Not safe for use by several threads.
 */
final class Backoff {
    private static final long FIRST_MILLIS = 50;
    private static final long MAX_MILLIS = 2000;

    private int failures;

    /** The wait after one more failure. */
    Duration next() {
        long ceiling = Math.min(MAX_MILLIS, FIRST_MILLIS << Math.min(failures++, 10));
        return Duration.ofMillis(ceiling / 2 + ThreadLocalRandom.current().nextLong(ceiling / 2 + 1));
    }

    /** Something worked. */
    void reset() {
        failures = 0;
    }
}
