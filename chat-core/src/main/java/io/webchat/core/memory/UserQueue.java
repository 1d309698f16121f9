package io.webchat.core.memory;

import io.webchat.core.events.Amendment;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.events.LoggedEvent;
import io.webchat.core.events.NodeEvent;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.queue.Appended;
import io.webchat.core.spi.queue.AttachedDevice;
import io.webchat.core.spi.queue.QueueEpoch;
import io.webchat.core.spi.queue.QueueLimits;
import io.webchat.core.spi.queue.QueueSlice;
import io.webchat.core.spi.queue.RestoreOutcome;
import io.webchat.core.spi.queue.UndeliveredMessages;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The queue of one user: its epoch, the events, the cursor of each device, and the memory of resends. The caller holds
 * the queue's own monitor during each call. A retired queue is not in use any more, so the caller takes a new one.
 */
final class UserQueue {
    private static final class Device {
        long cursor;
        long generation;
        long lastSeen;
        /** The epoch of which the device was told. */
        long toldEpoch;

        Device copy() {
            Device copy = new Device();
            copy.cursor = cursor;
            copy.generation = generation;
            copy.lastSeen = lastSeen;
            copy.toldEpoch = toldEpoch;
            return copy;
        }
    }

    /** The largest difference between the times in call log and queue: those of rooms come from other queues. */
    private static final long LOG_MARGIN = Duration.ofMinutes(2).toMillis();

    private final QueueLimits limits;
    private final LinkedEvents events;
    private final ResendFilter resends;
    private final Map<DeviceId, Device> devices = new HashMap<>();
    private QueueEpoch epoch;
    /** The lowest Seq of this epoch. */
    private long start;
    /** The Seq of the first event that was appended in an epoch which was never restored. */
    private long unrestored;
    /** The latest time that is known of the restored epochs: the queue has had all events from before. */
    private long completeUntil;

    private long lastStoredAt;
    private boolean retired;

    UserQueue(QueueLimits limits, AuthorBytes authors, long now) {
        this(limits, new LinkedEvents(firstSeq(now), authors), newFilter(limits), firstSeq(now));
    }

    private UserQueue(QueueLimits limits, LinkedEvents events, ResendFilter resends, long start) {
        this.limits = limits;
        this.events = events;
        this.resends = resends;
        this.start = start;
        this.unrestored = start;
        this.epoch = new QueueEpoch(start, false);
    }

    private static ResendFilter newFilter(QueueLimits limits) {
        return new ResendFilter(limits.dedupeWindow().toMillis(), limits.maxDedupe());
    }

    /** Microseconds grow faster than any queue, so no Seq of an earlier queue is assigned again. */
    static long firstSeq(long now) {
        return Math.multiplyExact(now, 1000);
    }

    /** Returns a queue with the same contents, which is independent of this one afterwards. */
    UserQueue copy(AuthorBytes authors) {
        LinkedEvents copied = new LinkedEvents(events.next(), authors);
        copied.relink(events.all(), events.next());
        UserQueue copy = new UserQueue(limits, copied, resends.copy(), start);
        devices.forEach((id, device) -> copy.devices.put(id, device.copy()));
        copy.epoch = epoch;
        copy.unrestored = unrestored;
        copy.completeUntil = completeUntil;
        copy.lastStoredAt = lastStoredAt;
        return copy;
    }

    /** Begins a new epoch, in which the events have the Seqs directly below its number. */
    void beginEpoch(long now) {
        // High enough for the events of this epoch and a full queue of restored ones, also if the clock went back.
        long number = Math.max(firstSeq(now), events.next() + events.size() + limits.maxEvents());
        long up = number - events.next();
        events.relink(moved(events.all(), number, up), number);
        devices.values().forEach(each -> each.cursor += up);
        start = number - events.size();
        if (epoch.restored()) {
            completeUntil =
                    devices.values().stream().mapToLong(each -> each.lastSeen).reduce(lastStoredAt, Math::max);
        }
        unrestored = epoch.restored() ? number : unrestored + up;
        epoch = new QueueEpoch(number, false);
    }

    private static List<Envelope> moved(List<Envelope> events, long epoch, long by) {
        return events.stream()
                .map(each -> Envelope.stored(epoch, each.seq() + by, each.storedAt(), each.event()))
                .toList();
    }

    boolean retired() {
        return retired;
    }

    AttachedDevice attach(DeviceId id, long after, long now) {
        trim(now);
        Device device = devices.get(id);
        if (device == null) {
            evictDevice();
            device = new Device();
            // A device that claims a Seq below the head has missed events. It starts there, so that it can notice.
            device.cursor = after >= start - 1 && after < events.first() ? after : events.first() - 1;
            device.toldEpoch = epoch.number();
            devices.put(id, device);
        }
        device.lastSeen = now;
        device.generation = Math.max(device.generation + 1, Math.multiplyExact(now, 1000));
        boolean mayHaveMissed = device.toldEpoch != epoch.number();
        device.toldEpoch = epoch.restored() ? epoch.number() : device.toldEpoch;
        return new AttachedDevice(epoch, start, device.cursor, device.generation, devices.size(), mayHaveMissed);
    }

    Appended append(ChatEvent event, long after, long now) {
        EventName name = EventName.of(event);
        ResendFilter.Entry before = resends.find(name, event, now);
        if (before != null) {
            return new Appended(epoch, before.seq() < start ? 0 : before.seq(), before.storedAt(), true, 0);
        }
        trim(now);
        lastStoredAt = Math.max(now, Math.max(lastStoredAt, after) + 1);
        ChatEvent kept = event instanceof Amendment amendment ? amended(amendment, now) : event;
        Envelope stored = events.append(epoch.number(), lastStoredAt, kept);
        resends.remember(name, event, stored.seq(), stored.storedAt(), now);
        return new Appended(epoch, stored.seq(), stored.storedAt(), false, trimToBound());
    }

    /**
     * Carries out a deletion in the queue. Returns the event to store: an empty one for an edit of a message that is
     * deleted.
     */
    private ChatEvent amended(Amendment amendment, long now) {
        if (amendment.isDeletion()) {
            takeOutContent(amendment, now);
            return amendment;
        }
        return isDeletedEdit(amendment, now) ? new NodeEvent.Erased(amendment.to()) : amendment;
    }

    private void takeOutContent(Amendment deletion, long now) {
        if (!resends.isDeleted(deletion, now)) {
            resends.rememberDeleted(deletion, now);
            events.replaceContent(deletion, each -> DeletedContent.without(each, deletion, lastStoredAt));
        }
    }

    QueueSlice read(long after, int limit, long now) {
        trim(now);
        long confirmed =
                devices.values().stream().mapToLong(each -> each.cursor).reduce(events.first() - 1, Math::max);
        return new QueueSlice(
                epoch, events.behind(after, limit), events.first(), events.next(), devices.size(), confirmed);
    }

    boolean confirm(DeviceId id, long inEpoch, long upTo, long now) {
        Device device = devices.get(id);
        if (device == null || inEpoch != epoch.number() || !epoch.restored()) {
            return false;
        }
        device.lastSeen = now;
        moveTo(device, upTo);
        return true;
    }

    /** Notes that the device was seen; one that is not known stays unknown. */
    void leave(DeviceId id, long now) {
        Device device = devices.get(id);
        if (device != null) {
            device.lastSeen = Math.max(device.lastSeen, now);
        }
    }

    /** The latest time at which a device was seen. */
    OptionalLong lastSeen(long now) {
        long oldest = now - limits.deviceAge().toMillis();
        return devices.values().stream()
                .mapToLong(each -> each.lastSeen)
                .filter(each -> each >= oldest)
                .max();
    }

    RestoreOutcome restore(long number, UndeliveredMessages undelivered, long now) {
        if (number != epoch.number()) {
            return RestoreOutcome.OTHER_EPOCH;
        }
        int linked = 0;
        if (!epoch.restored()) {
            undelivered.deletions().forEach(each -> takeOutContent(each, now));
            linked = link(undelivered.since(completeBefore(now)), now);
            epoch = new QueueEpoch(number, true);
            trimToBound();
            trim(now);
        }
        return RestoreOutcome.linked(linked);
    }

    /**
     * The time before which the queue has had all events, as far as it can tell. Such an event is still in the list,
     * or it was confirmed, or removed at the bound. So it is not lost, although the memory of resends may have
     * forgotten it.
     */
    private long completeBefore(long now) {
        // Within the window, the memory of resends is more exact.
        long seen = Math.min(now - limits.dedupeWindow().toMillis(), completeUntil - LOG_MARGIN);
        Envelope head = events.oldest();
        return head != null && head.seq() < unrestored && isFull() ? Math.max(head.storedAt(), seen) : seen;
    }

    private boolean isFull() {
        return events.size() >= limits.maxEvents() || events.bytes() > limits.maxBytes() / 2;
    }

    private List<LoggedEvent> newEvents(List<LoggedEvent> lost, long now) {
        Map<EventName, LoggedEvent> byName = new LinkedHashMap<>();
        lost.forEach(each -> byName.putIfAbsent(EventName.of(each), each));
        byName.entrySet()
                .removeIf(each ->
                        resends.knows(each.getKey(), each.getValue(), now) || isDeletedEdit(each.getValue(), now));
        return List.copyOf(byName.values());
    }

    private boolean isDeletedEdit(LoggedEvent event, long now) {
        return event instanceof Amendment amendment
                && amendment.change() instanceof Amendment.Edit
                && resends.isDeleted(amendment, now);
    }

    /** Links the messages before the first event of this epoch; everything older moves down. Returns their number. */
    private int link(UndeliveredMessages lost, long now) {
        List<LoggedEvent> messages = newEvents(lost.events(), now);
        long number = epoch.number();
        List<Envelope> own = events.behind(number - 1, events.size());
        // A queue that was trimmed up to here would lose the messages at once.
        boolean full = events.first() > number;
        List<Envelope> present = lost.omitted() > 0 ? behindOmitted(lost) : events.all();
        List<LoggedEvent> linked = full ? List.of() : messages;
        List<Envelope> all = new RestoredList(present, unrestored, number, linked).below(events.next());
        events.relink(all, events.next());
        for (Envelope each : all.subList(0, all.size() - own.size())) {
            lastStoredAt = Math.max(lastStoredAt, each.storedAt());
        }
        remember(messages, all, now);
        int down = messages.size() + lost.omitted();
        start -= down;
        devices.values().stream().filter(each -> each.cursor < number).forEach(each -> each.cursor -= down);
        return linked.size();
    }

    /** The events without those that stand before the omitted messages, which are older than the others. */
    private List<Envelope> behindOmitted(UndeliveredMessages lost) {
        long oldest =
                lost.events().isEmpty() ? Long.MAX_VALUE : lost.events().get(0).loggedAt();
        return events.all().stream()
                .dropWhile(each -> each.seq() < unrestored || (each.seq() < epoch.number() && each.loggedAt() < oldest))
                .toList();
    }

    private void remember(List<LoggedEvent> restored, List<Envelope> all, long now) {
        IdentityHashMap<ChatEvent, Long> seqs = new IdentityHashMap<>();
        all.forEach(each -> seqs.put(each.event(), each.seq()));
        restored.forEach(
                each -> resends.remember(EventName.of(each), each, seqs.getOrDefault(each, 0L), each.loggedAt(), now));
    }

    /** Removes the oldest events beyond the bound; returns their number. */
    private int trimToBound() {
        int removed = 0;
        while (events.size() > limits.maxEvents() || (events.bytes() > limits.maxBytes() && events.size() > 1)) {
            events.unlinkHead();
            removed++;
        }
        return removed;
    }

    /** Returns the heap that the queue takes, about; 0 once it is retired. */
    long heap() {
        return retired
                ? 0
                : HeapSize.QUEUE
                        + (long) HeapSize.DEVICE * devices.size()
                        + events.bytes()
                        + (long) HeapSize.QUEUED * events.size()
                        + (long) HeapSize.RESEND * resends.size();
    }

    /** Forgets the events that a resend would be recognised by. */
    void forgetResends() {
        resends.clear();
    }

    /** Replaces the events of this author by empty ones. */
    void erase(UserId author) {
        events.replaceAll(each ->
                isBy(author, each.event()) ? new NodeEvent.Erased(each.event().to()) : each.event());
    }

    private static boolean isBy(UserId author, ChatEvent event) {
        return (event instanceof LoggedEvent logged && logged.from().equals(author))
                || (event instanceof ChatEvent.Receipt receipt && receipt.from().equals(author));
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
