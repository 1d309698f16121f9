package io.webchat.core.spi.support;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Limits a log line that could repeat a thousand times a second, by default to one in 10 seconds. Safe for use by many
 * threads.
 */
public final class LogThrottle {
    private static final Duration PERIOD = Duration.ofSeconds(10);

    private final long period;
    private final AtomicLong last;

    /** Permits one line in 10 seconds. */
    public LogThrottle() {
        this(PERIOD);
    }

    /** Permits one line in this time. */
    public LogThrottle(Duration time) {
        period = time.toNanos();
        last = new AtomicLong(System.nanoTime() - period);
    }

    /** Whether a line may be logged now. */
    public boolean permits() {
        long time = System.nanoTime();
        long before = last.get();
        return time - before >= period && last.compareAndSet(before, time);
    }
}
