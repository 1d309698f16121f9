package io.webchat.core.spi;

import java.time.Duration;

/**
 * The bounds of an {@link OfflineQueue}, for one user each.
 *
 * @param maxEvents how many events the queue holds; the oldest go
 * @param maxAge how long an event is kept
 * @param deviceAge after how long unseen a device is forgotten
 * @param dedupeWindow how long a resend is recognised
 * @param maxDedupe how many events are remembered for that at least; a backend may remember up to twice as many, and
 *     for up to twice as long
 * @param maxDevices how many devices are known; one more takes the place of the one that was not seen for the longest
 */
public record QueueLimits(
        int maxEvents, Duration maxAge, Duration deviceAge, Duration dedupeWindow, int maxDedupe, int maxDevices) {
    /** 10 000 events for 30 days, 64 devices for 30 days, resends for 24 hours or 50 000 events. */
    public static final QueueLimits DEFAULT =
            new QueueLimits(10_000, Duration.ofDays(30), Duration.ofDays(30), Duration.ofHours(24), 50_000, 64);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException when a number or duration is not positive
     */
    public QueueLimits {
        if (maxEvents < 1 || maxDedupe < 1 || maxDevices < 1) {
            throw new IllegalArgumentException("maxEvents, maxDedupe and maxDevices must be 1 or more");
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
        return new QueueLimits(events, maxAge, deviceAge, dedupeWindow, maxDedupe, maxDevices);
    }

    /** The same with another age of events. */
    public QueueLimits withMaxAge(Duration age) {
        return new QueueLimits(maxEvents, age, deviceAge, dedupeWindow, maxDedupe, maxDevices);
    }

    /** The same with another age of devices. */
    public QueueLimits withDeviceAge(Duration age) {
        return new QueueLimits(maxEvents, maxAge, age, dedupeWindow, maxDedupe, maxDevices);
    }

    /** The same with another time in which resends are recognised. */
    public QueueLimits withDedupeWindow(Duration window) {
        return new QueueLimits(maxEvents, maxAge, deviceAge, window, maxDedupe, maxDevices);
    }

    /** The same with another number of events remembered. */
    public QueueLimits withMaxDedupe(int events) {
        return new QueueLimits(maxEvents, maxAge, deviceAge, dedupeWindow, events, maxDevices);
    }

    /** The same with another number of devices. */
    public QueueLimits withMaxDevices(int devices) {
        return new QueueLimits(maxEvents, maxAge, deviceAge, dedupeWindow, maxDedupe, devices);
    }
}
