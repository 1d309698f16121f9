package io.webchat.core.testing;

import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.queue.Appended;
import io.webchat.core.spi.queue.AttachedDevice;
import io.webchat.core.spi.queue.EventErasure;
import io.webchat.core.spi.queue.LastSeenTimes;
import io.webchat.core.spi.queue.OfflineQueue;
import io.webchat.core.spi.queue.QueueRemoval;
import io.webchat.core.spi.queue.QueueSlice;
import io.webchat.core.spi.queue.RestoreOutcome;
import io.webchat.core.spi.queue.UndeliveredMessages;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** A queue whose steps can fail, each kind of step on its own. */
public final class FaultyQueue implements OfflineQueue, QueueRemoval, EventErasure, LastSeenTimes {
    /** Faults of {@code attach}. */
    public final Faults attaching;

    /** Faults of {@code append} of a message. */
    public final Faults messages;

    /** Faults of {@code append} of a receipt. */
    public final Faults receipts;

    /** Faults of {@code read}. */
    public final Faults reading;

    /** Faults of {@code confirm}. */
    public final Faults confirming;

    /** Faults of {@code restore}. */
    public final Faults restoring;

    /** Faults of {@code leave}. */
    public final Faults leaving;

    /** The users whose queues refuse every append. */
    public final Set<UserId> broken;

    /** The devices for which {@code attach} was called. */
    public final Set<DeviceId> attached;

    /** The devices for which {@code leave} has completed. */
    public final Set<DeviceId> left;

    private final OfflineQueue queue;

    /** Over this queue, without faults at first. */
    public FaultyQueue(OfflineQueue queue) {
        this.queue = queue;
        attaching = new Faults();
        messages = new Faults();
        receipts = new Faults();
        reading = new Faults();
        confirming = new Faults();
        restoring = new Faults();
        leaving = new Faults();
        broken = ConcurrentHashMap.newKeySet();
        attached = ConcurrentHashMap.newKeySet();
        left = ConcurrentHashMap.newKeySet();
    }

    private FaultyQueue(OfflineQueue queue, FaultyQueue shared) {
        this.queue = queue;
        attaching = shared.attaching;
        messages = shared.messages;
        receipts = shared.receipts;
        reading = shared.reading;
        confirming = shared.confirming;
        restoring = shared.restoring;
        leaving = shared.leaving;
        broken = shared.broken;
        attached = shared.attached;
        left = shared.left;
    }

    /** Another node's queue, with the same faults. */
    public FaultyQueue over(OfflineQueue another) {
        return new FaultyQueue(another, this);
    }

    @Override
    public CompletionStage<AttachedDevice> attach(UserId user, DeviceId device, long after) {
        attached.add(device);
        return attaching.apply(() -> queue.attach(user, device, after));
    }

    @Override
    public CompletionStage<Appended> append(UserId user, ChatEvent event, long after) {
        Faults faults = event.kind().receipt() ? receipts : messages;
        if (broken.contains(user)) {
            return CompletableFuture.failedFuture(new IllegalStateException("broken by the test"));
        }
        return faults.apply(() -> queue.append(user, event, after));
    }

    @Override
    public CompletionStage<QueueSlice> read(UserId user, long after, int limit) {
        return reading.apply(() -> queue.read(user, after, limit));
    }

    @Override
    public CompletionStage<Boolean> confirm(UserId user, DeviceId device, long epoch, long upTo) {
        return confirming.apply(() -> queue.confirm(user, device, epoch, upTo));
    }

    @Override
    public CompletionStage<Void> clear(UserId user) {
        return reading.apply(() -> ((QueueRemoval) queue).clear(user));
    }

    @Override
    public CompletionStage<Void> erase(UserId user, UserId author) {
        return reading.apply(() -> ((EventErasure) queue).erase(user, author));
    }

    @Override
    public CompletionStage<Void> leave(UserId user, DeviceId device) {
        return leaving.apply(() -> ((LastSeenTimes) queue).leave(user, device)).thenAccept(done -> left.add(device));
    }

    @Override
    public CompletionStage<OptionalLong> lastSeen(UserId user) {
        return reading.apply(() -> ((LastSeenTimes) queue).lastSeen(user));
    }

    @Override
    public CompletionStage<RestoreOutcome> restore(UserId user, long epoch, UndeliveredMessages undelivered) {
        return restoring.apply(() -> queue.restore(user, epoch, undelivered));
    }
}
