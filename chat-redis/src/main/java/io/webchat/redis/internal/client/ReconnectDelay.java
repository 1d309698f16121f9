package io.webchat.redis.internal.client;

import io.webchat.core.spi.support.Backoff;
import java.time.Duration;

/** The time to wait before the next attempt to connect. Not safe for use by several threads. */
public final class ReconnectDelay {
    private static final Backoff BACKOFF = Backoff.halfJitter(Duration.ofMillis(50), Duration.ofMillis(2000));

    private int failures;

    /** Counts one more failure, and returns the time to wait after it. */
    public Duration next() {
        return BACKOFF.delay(failures++);
    }

    /** Forgets the failures, after a success. */
    public void reset() {
        failures = 0;
    }
}
