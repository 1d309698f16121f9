package io.webchat.core.contract;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A clock in UTC that a test can move. Safe for several threads. */
public final class MovableClock extends Clock {
    private final InstantSource base;
    private final AtomicReference<Duration> moved = new AtomicReference<>(Duration.ZERO);

    private MovableClock(InstantSource base) {
        this.base = base;
    }

    /** Returns a clock that shows the system's time plus the time by which the test moved it. */
    public static MovableClock running() {
        return new MovableClock(InstantSource.system());
    }

    /** Returns a clock that stands still at this instant until the test moves it. */
    public static MovableClock stoppedAt(Instant start) {
        return new MovableClock(InstantSource.fixed(start));
    }

    /** Moves the clock forward, or back by a negative time. */
    public void advance(Duration time) {
        moved.updateAndGet(before -> before.plus(time));
    }

    @Override
    public Instant instant() {
        return base.instant().plus(moved.get());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** Returns this clock: its users read instants only, which have no zone. */
    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
