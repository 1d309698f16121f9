package io.webchat.examples.server.clock;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** What {@link ShiftedClock} makes a node's classes ask instead of the system. */
public final class ShiftedTime {
    private static volatile Clock clock = Clock.systemUTC();

    private ShiftedTime() {}

    static void shift(Duration ahead) {
        clock = Clock.offset(Clock.systemUTC(), ahead);
    }

    /** In place of {@link System#currentTimeMillis()}. */
    public static long millis() {
        return clock.millis();
    }

    /** In place of {@link Clock#systemUTC()}. */
    public static Clock utc() {
        return clock;
    }

    /** In place of {@link Instant#now()}. */
    public static Instant now() {
        return clock.instant();
    }
}
