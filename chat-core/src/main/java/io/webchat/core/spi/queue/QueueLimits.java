package io.webchat.core.spi.queue;

import java.time.Duration;

/**
 * The bounds of an {@link OfflineQueue}, for each user.
 *
 * @param maxEvents the largest number of events; the oldest ones are removed
 * @param maxBytes the largest number of bytes of all events together; the oldest ones are removed. An event counts its
 *     text in UTF-8 and up to 512 bytes for the rest
 * @param maxAge the time after which an event is removed
 * @param deviceAge the time after which a device that was not seen is forgotten
 * @param dedupeWindow the time within which a resend is recognised
 * @param maxDedupe the number of events that a backend remembers for that. It may remember up to twice as many, and for
 *     up to twice as long
 * @param maxDevices the largest number of devices; a further one replaces the device that was not seen for the longest
 *     time
 */
public record QueueLimits(
        int maxEvents,
        long maxBytes,
        Duration maxAge,
        Duration deviceAge,
        Duration dedupeWindow,
        int maxDedupe,
        int maxDevices) {
    /**
     * 10 000 events of 32 MiB together for 30 days, 64 devices for 30 days, resends within 24 hours or 50 000 events.
     */
    public static final QueueLimits DEFAULT = new QueueLimits(
            10_000, 32L << 20, Duration.ofDays(30), Duration.ofDays(30), Duration.ofHours(24), 50_000, 64);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException when a number or duration is not positive
     */
    public QueueLimits {
        if (maxEvents < 1 || maxBytes < 1 || maxDedupe < 1 || maxDevices < 1) {
            throw new IllegalArgumentException("maxEvents, maxBytes, maxDedupe and maxDevices must be 1 or more");
        }
        if (!positive(maxAge) || !positive(deviceAge) || !positive(dedupeWindow)) {
            throw new IllegalArgumentException("maxAge, deviceAge and dedupeWindow must be positive");
        }
    }

    private static boolean positive(Duration time) {
        return !time.isNegative() && !time.isZero();
    }

    /** Returns the same limits with another number of events. */
    public QueueLimits withMaxEvents(int events) {
        return new QueueLimits(events, maxBytes, maxAge, deviceAge, dedupeWindow, maxDedupe, maxDevices);
    }

    /** Returns the same limits with another number of bytes. */
    public QueueLimits withMaxBytes(long bytes) {
        return new QueueLimits(maxEvents, bytes, maxAge, deviceAge, dedupeWindow, maxDedupe, maxDevices);
    }

    /** Returns the same limits with another age of events. */
    public QueueLimits withMaxAge(Duration age) {
        return new QueueLimits(maxEvents, maxBytes, age, deviceAge, dedupeWindow, maxDedupe, maxDevices);
    }

    /** Returns the same limits with another age of devices. */
    public QueueLimits withDeviceAge(Duration age) {
        return new QueueLimits(maxEvents, maxBytes, maxAge, age, dedupeWindow, maxDedupe, maxDevices);
    }

    /** Returns the same limits with another dedupe window. */
    public QueueLimits withDedupeWindow(Duration window) {
        return new QueueLimits(maxEvents, maxBytes, maxAge, deviceAge, window, maxDedupe, maxDevices);
    }

    /** Returns the same limits with another number of remembered events. */
    public QueueLimits withMaxDedupe(int events) {
        return new QueueLimits(maxEvents, maxBytes, maxAge, deviceAge, dedupeWindow, events, maxDevices);
    }

    /** Returns the same limits with another number of devices. */
    public QueueLimits withMaxDevices(int devices) {
        return new QueueLimits(maxEvents, maxBytes, maxAge, deviceAge, dedupeWindow, maxDedupe, devices);
    }
}
