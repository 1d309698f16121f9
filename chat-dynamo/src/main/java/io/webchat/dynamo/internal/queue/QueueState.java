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
 * What the head item of a queue says. Steps change a copy, which takes effect when it is put in the place of the one it
 * was made of. Not safe for use by several threads.
 */
final class QueueState {
    private static final int SEEN_RENEWALS = 30;

    /** The name of the head item that this was read from; empty where there was none. */
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
    /** What was appended last, up to {@link #next}; older events are items of their own. */
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

    /** The Seq of the first of {@link #recent}: events from {@link #first} up to here are items of their own. */
    long recentFrom() {
        return next - recent.size();
    }

    /** Up to here, this not included, there may be items of events that nobody waits for. */
    long sweepable() {
        return Math.min(first, recentFrom());
    }

    Attachment attach(DeviceId id, long after, long micros, QueueLimits limits) {
        QueueDevice device = devices.get(id.value());
        if (device == null) {
            makeRoom(limits.maxDevices());
            // One that names a place below the head has missed something: it reads from there and is told so.
            device = new QueueDevice(after > 0 && after < first ? after : first - 1, 0, 0);
        }
        long generation = Math.max(device.generation() + 1, micros);
        devices.put(id.value(), new QueueDevice(device.cursor(), generation, Math.max(device.seen(), micros)));
        changed = true;
        return new Attachment(device.cursor(), generation, devices.size());
    }

    /**
     * Links the event at the tail, unless it is a resend.
     *
     * @param before what was last appended under the same name and is not in {@link #recent} any more
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
        // That it was seen is worth a write only now and then.
        long renewal = limits.deviceAge().toMillis() * 1000 / SEEN_RENEWALS;
        if (moves || device.seen() < micros - renewal) {
            QueueDevice seen = device.seenAt(micros);
            devices.put(id.value(), moves ? seen.movedTo(upTo) : seen);
            unlinkConfirmed();
            changed = true;
        }
        return true;
    }

    /** Forgets the devices that were last seen before this, and what only they had not confirmed. */
    void forgetUnseen(long micros) {
        if (devices.values().removeIf(each -> each.seen() < micros)) {
            unlinkConfirmed();
            changed = true;
        }
    }

    /** The list begins here, with an event that is not older than this. */
    void beginAt(long seq, long time) {
        first = seq;
        oldest = time;
    }

    /** The device that was not seen for the longest gives way to a new one. */
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

    /** What waits for a user without devices stays. */
    private void unlinkConfirmed() {
        devices.values().stream()
                .mapToLong(QueueDevice::cursor)
                .min()
                .ifPresent(least -> first = Math.max(first, Math.min(least + 1, next)));
    }
}
