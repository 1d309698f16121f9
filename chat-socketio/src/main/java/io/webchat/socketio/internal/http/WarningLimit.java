package io.webchat.socketio.internal.http;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Lets one warning per 10 seconds pass. A request of a stranger may cause each of them. */
public final class WarningLimit {
    private static final long PERIOD = Duration.ofSeconds(10).toNanos();

    private final AtomicLong last = new AtomicLong(System.nanoTime() - PERIOD);

    /** Tells whether a warning may be logged now. */
    public boolean permits() {
        long now = System.nanoTime();
        long before = last.get();
        return now - before >= PERIOD && last.compareAndSet(before, now);
    }
}
