package io.webchat.core.memory;

import java.time.Duration;

/**
 * The bounds of {@link MemoryOfflineQueue}.
 *
 * @param maxEvents how many events one user's queue holds; the oldest go
 * @param maxAge how long an event is kept
 * @param deviceAge after how long unseen a device is forgotten
 * @param dedupeWindow how long a resend is recognised
 * @param maxDedupe how many events per user are remembered for that
 * @param maxUsers how many users may have a queue; an append for one more fails with {@code queue_full}
 */
public record QueueLimits(
        int maxEvents, Duration maxAge, Duration deviceAge, Duration dedupeWindow, int maxDedupe, int maxUsers) {
    /**
     * 10 000 events for 30 days, devices for 30 days, resends for 24 hours or 50 000 events, one million
     * users.
     */
    public static final QueueLimits DEFAULT =
            new QueueLimits(10_000, Duration.ofDays(30), Duration.ofDays(30), Duration.ofHours(24), 50_000, 1_000_000);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException when a number or duration is not positive
     */
    public QueueLimits {
        if (maxEvents < 1 || maxDedupe < 1 || maxUsers < 1) {
            throw new IllegalArgumentException("maxEvents, maxDedupe and maxUsers must be 1 or more");
        }
        if (!positive(maxAge) || !positive(deviceAge) || !positive(dedupeWindow)) {
            throw new IllegalArgumentException("maxAge, deviceAge and dedupeWindow must be positive");
        }
    }

    private static boolean positive(Duration time) {
        return !time.isNegative() && !time.isZero();
    }

    /** The same with another length. */
    public QueueLimits withMaxEvents(int events) {
        return new QueueLimits(events, maxAge, deviceAge, dedupeWindow, maxDedupe, maxUsers);
    }
}
