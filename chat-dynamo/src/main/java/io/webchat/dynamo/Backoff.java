package io.webchat.dynamo;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long to wait before the next attempt: up to twice as long each time, anything from nothing to that. */
final class Backoff {
    private static final long FIRST_MILLIS = 25;
    private static final long MAX_MILLIS = 1_000;

    private Backoff() {}

    /**
     * The wait after one more failure.
     *
     * @param before how many failures there were before
     */
    static Duration delay(int before) {
        long ceiling = Math.min(MAX_MILLIS, FIRST_MILLIS << Math.min(before, 10));
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(ceiling + 1));
    }
}
