package io.webchat.core.spi.support;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Limits a log line that could repeat a thousand times a second to one in 10 seconds. Safe for use by many threads. */
public final class LogThrottle {
    private static final long PERIOD = Duration.ofSeconds(10).toNanos();

    private final AtomicLong last = new AtomicLong(System.nanoTime() - PERIOD);

    /** Whether a line may be logged now. */
    public boolean permits() {
        long time = System.nanoTime();
        long before = last.get();
        return time - before >= PERIOD && last.compareAndSet(before, time);
    }
}
