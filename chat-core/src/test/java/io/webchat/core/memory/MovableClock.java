package io.webchat.core.memory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/** The system's clock, which a test may move. */
final class MovableClock extends Clock {
    private final AtomicLong moved = new AtomicLong();

    void advance(Duration time) {
        moved.addAndGet(time.toMillis());
    }

    @Override
    public long millis() {
        return System.currentTimeMillis() + moved.get();
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
