package io.webchat.core.contract;

import java.time.Duration;

/**
 * The bounds that a test wants of an offline queue.
 *
 * @param maxEvents how many events one user's queue holds; the oldest go
 * @param maxAge how long an event is kept
 * @param deviceAge after how long unseen a device is forgotten
 * @param dedupeWindow how long a resend is recognised
 */
public record QueueBounds(int maxEvents, Duration maxAge, Duration deviceAge, Duration dedupeWindow) {
    /** The bounds of tests that do not look at them. */
    public static final QueueBounds WIDE =
            new QueueBounds(10_000, Duration.ofDays(30), Duration.ofDays(30), Duration.ofHours(24));

    QueueBounds withMaxEvents(int events) {
        return new QueueBounds(events, maxAge, deviceAge, dedupeWindow);
    }

    QueueBounds withMaxAge(Duration age) {
        return new QueueBounds(maxEvents, age, deviceAge, dedupeWindow);
    }

    QueueBounds withDeviceAge(Duration age) {
        return new QueueBounds(maxEvents, maxAge, age, dedupeWindow);
    }

    QueueBounds withDedupeWindow(Duration window) {
        return new QueueBounds(maxEvents, maxAge, deviceAge, window);
    }
}
