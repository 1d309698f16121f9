package io.webchat.core.memory;

import io.webchat.core.ChatEvent;
import io.webchat.core.DeviceId;
import io.webchat.core.Envelope;
import io.webchat.core.spi.Appended;
import io.webchat.core.spi.Attachment;
import io.webchat.core.spi.QueueLimits;
import io.webchat.core.spi.QueueSlice;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/**
 * The queue of one user: the events, the cursor of each device, and the memory of resends. The caller holds the queue's
 * own monitor during each call. A retired queue is not in use any more, so the caller takes a new one.
 */
final class UserQueue {
    private static final class Device {
        long cursor;
        long generation;
        long lastSeen;
    }

    private final QueueLimits limits;
    private final LinkedEvents events;
    private final ResendFilter resends;
    private final Map<DeviceId, Device> devices = new HashMap<>();
    private long lastStoredAt;
    private boolean retired;

    UserQueue(QueueLimits limits, long now) {
        this.limits = limits;
        // Microseconds grow faster than any queue, so no Seq of an earlier queue is assigned again.
        this.events = new LinkedEvents(Math.multiplyExact(now, 1000));
        this.resends = new ResendFilter(limits.dedupeWindow().toMillis(), limits.maxDedupe());
    }

    boolean retired() {
        return retired;
    }

    Attachment attach(DeviceId id, long after, long now) {
        trim(now);
        Device device = devices.get(id);
        if (device == null) {
            evictDevice();
            device = new Device();
            // A device that claims a Seq below the head has missed events. It starts there, so that it can notice.
            device.cursor = after > 0 && after < events.first() ? after : events.first() - 1;
            devices.put(id, device);
        }
        device.lastSeen = now;
        device.generation = Math.max(device.generation + 1, Math.multiplyExact(now, 1000));
        return new Attachment(device.cursor, device.generation, devices.size());
    }

    Appended append(ChatEvent event, long now) {
        Appended before = resends.find(event, now);
        if (before != null) {
            return before;
        }
        trim(now);
        lastStoredAt = Math.max(now, lastStoredAt + 1);
        Envelope stored = events.append(lastStoredAt, event);
        resends.remember(event, stored.seq(), stored.storedAt());
        if (events.size() > limits.maxEvents()) {
            events.unlinkHead();
        }
        return new Appended(stored.seq(), stored.storedAt(), false);
    }

    QueueSlice read(long after, int limit, long now) {
        trim(now);
        return new QueueSlice(events.behind(after, limit), events.first(), events.next(), devices.size());
    }

    boolean confirm(DeviceId id, long upTo, long now) {
        Device device = devices.get(id);
        if (device == null) {
            return false;
        }
        device.lastSeen = now;
        moveTo(device, upTo);
        return true;
    }

    /** Removes all events and devices; the memory of resends stays. */
    void clear() {
        devices.clear();
        while (events.size() > 0) {
            events.unlinkHead();
        }
    }

    /**
     * Removes old events and devices. Retires the queue if it has no events, devices and remembered resends left;
     * returns whether it did.
     */
    boolean retireIfUnused(long now) {
        trim(now);
        retired = devices.isEmpty() && events.size() == 0 && resends.isEmpty(now);
        return retired;
    }

    private void moveTo(Device device, long upTo) {
        if (upTo > device.cursor && upTo < events.next()) {
            device.cursor = upTo;
            unlinkConfirmed();
        }
    }

    /**
     * Forgets the device that was not seen for the longest time if there are too many for a new one.
     */
    private void evictDevice() {
        if (devices.size() >= limits.maxDevices()) {
            Comparator<Device> longestUnseen =
                    Comparator.<Device>comparingLong(each -> each.lastSeen).thenComparingLong(each -> each.generation);
            devices.values().stream().min(longestUnseen).ifPresent(devices.values()::remove);
            unlinkConfirmed();
        }
    }

    private void unlinkConfirmed() {
        long upTo =
                devices.values().stream().mapToLong(each -> each.cursor).min().orElse(0);
        while (events.size() > 0 && events.first() <= upTo) {
            events.unlinkHead();
        }
    }

    private void trim(long now) {
        long oldest = now - limits.maxAge().toMillis();
        for (Envelope head = events.oldest(); head != null && head.storedAt() < oldest; head = events.oldest()) {
            events.unlinkHead();
        }
        long unseen = now - limits.deviceAge().toMillis();
        if (devices.values().removeIf(each -> each.lastSeen < unseen)) {
            unlinkConfirmed();
        }
    }
}
