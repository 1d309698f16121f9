package io.webchat.dynamo.internal.queue;

import io.webchat.core.ChatEvent;
import io.webchat.core.DeviceId;
import io.webchat.core.Envelope;
import io.webchat.core.EventCodec;
import io.webchat.core.spi.Appended;
import io.webchat.core.spi.Attachment;
import io.webchat.core.spi.QueueLimits;
import io.webchat.core.spi.support.EventFingerprint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The state that the head item of a queue holds. Steps change a copy, which takes effect when it replaces the original
 * in the table. Not safe for use by several threads.
 */
final class QueueState {
    private static final int SEEN_RENEWALS = 30;

    /** The tag of the head item that this was read from; empty if there was none. */
    String tag = "";
    /** The Seq of the oldest event, or {@link #next}. */
    long first;
    /** The Seq that the next event gets. */
    long next;
    /** When the last event was stored, Unix milliseconds. */
    long storedAt;
    /** No event of the list was stored before this. */
    long oldest;
    /** Items of events below this are deleted. */
    long swept;
    /** The latest events, up to {@link #next}; older events are items of their own. */
    final List<QueueEntry> recent = new ArrayList<>();

    final Map<String, QueueDevice> devices = new TreeMap<>();
    /** Whether a step changed something since this was read or copied. */
    boolean changed;

    private QueueState() {}

    static QueueState create(long seq) {
        QueueState state = new QueueState();
        state.first = seq;
        state.next = seq;
        state.swept = seq;
        return state;
    }

    QueueState copy() {
        QueueState copy = create(next);
        copy.tag = tag;
        copy.first = first;
        copy.storedAt = storedAt;
        copy.oldest = oldest;
        copy.swept = swept;
        copy.recent.addAll(recent);
        copy.devices.putAll(devices);
        return copy;
    }

    boolean isEmpty() {
        return first == next;
    }

    /** The Seq of the first of {@link #recent}. Events from {@link #first} up to here are items of their own. */
    long recentFrom() {
        return next - recent.size();
    }

    /** Below this Seq there may be items of events that all devices have confirmed. */
    long sweepable() {
        return Math.min(first, recentFrom());
    }

    Attachment attach(DeviceId id, long after, long micros, QueueLimits limits) {
        QueueDevice device = devices.get(id.value());
        if (device == null) {
            makeRoom(limits.maxDevices());
            // A device that names a Seq below the head has missed events. It reads from there, and can tell.
            device = new QueueDevice(after > 0 && after < first ? after : first - 1, 0, 0);
        }
        long generation = Math.max(device.generation() + 1, micros);
        devices.put(id.value(), new QueueDevice(device.cursor(), generation, Math.max(device.seen(), micros)));
        changed = true;
        return new Attachment(device.cursor(), generation, devices.size());
    }

    /**
     * Appends the event at the tail, unless it is a resend.
     *
     * @param before the latest event of the same name that is no longer in {@link #recent}
     */
    Appended append(
            ChatEvent event, EventFingerprint sent, @Nullable QueueEntry before, long millis, QueueLimits limits) {
        QueueEntry known = recentBy(sent.name(), before);
        if (known != null
                && known.storedAt() >= millis - limits.dedupeWindow().toMillis()
                && sent.repeats(known.sent())) {
            return new Appended(known.seq(), known.storedAt(), true);
        }
        storedAt = Math.max(millis, storedAt + 1);
        if (isEmpty()) {
            oldest = storedAt;
        }
        byte[] json = EventCodec.encode(Envelope.stored(next, storedAt, event));
        recent.add(new QueueEntry(next, storedAt, sent, json));
        next++;
        first = Math.max(first, next - limits.maxEvents());
        changed = true;
        return new Appended(next - 1, storedAt, false);
    }

    private @Nullable QueueEntry recentBy(String name, @Nullable QueueEntry before) {
        for (int i = recent.size() - 1; i >= 0; i--) {
            if (recent.get(i).sent().name().equals(name)) {
                return recent.get(i);
            }
        }
        return before;
    }

    boolean confirm(DeviceId id, long upTo, long micros, QueueLimits limits) {
        QueueDevice device = devices.get(id.value());
        if (device == null) {
            return false;
        }
        boolean moves = upTo > device.cursor() && upTo < next;
        // The time at which a device was seen is written only now and then.
        long renewal = limits.deviceAge().toMillis() * 1000 / SEEN_RENEWALS;
        if (moves || device.seen() < micros - renewal) {
            QueueDevice seen = device.seenAt(micros);
            devices.put(id.value(), moves ? seen.movedTo(upTo) : seen);
            unlinkConfirmed();
            changed = true;
        }
        return true;
    }

    /** Removes all events and devices, and returns the number of devices. The memory of resends stays. */
    int clear() {
        int devicesBefore = devices.size();
        changed |= devicesBefore > 0 || !isEmpty();
        devices.clear();
        first = next;
        return devicesBefore;
    }

    /** Forgets devices that were last seen before this time, and events that only these had not confirmed. */
    void forgetUnseen(long micros) {
        if (devices.values().removeIf(each -> each.seen() < micros)) {
            unlinkConfirmed();
            changed = true;
        }
    }

    /** Lets the list begin at this event. No event of the list is older than this time. */
    void beginAt(long seq, long time) {
        first = seq;
        oldest = time;
    }

    /** Removes the device that was unseen for the longest time. */
    private void makeRoom(int max) {
        Comparator<Map.Entry<String, QueueDevice>> longestUnseen = Comparator.comparing(
                Map.Entry::getValue,
                Comparator.comparingLong(QueueDevice::seen).thenComparingLong(QueueDevice::generation));
        while (devices.size() >= max) {
            devices.entrySet().stream()
                    .min(longestUnseen)
                    .map(Map.Entry::getKey)
                    .ifPresent(devices::remove);
            unlinkConfirmed();
        }
    }

    /** Events for a user without devices stay. */
    private void unlinkConfirmed() {
        devices.values().stream()
                .mapToLong(QueueDevice::cursor)
                .min()
                .ifPresent(least -> first = Math.max(first, Math.min(least + 1, next)));
    }
}
