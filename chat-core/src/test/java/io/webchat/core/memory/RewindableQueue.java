package io.webchat.core.memory;

import static org.awaitility.Awaitility.await;

import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.queue.Appended;
import io.webchat.core.spi.queue.AttachedDevice;
import io.webchat.core.spi.queue.LastSeenTimes;
import io.webchat.core.spi.queue.OfflineQueue;
import io.webchat.core.spi.queue.QueueLimits;
import io.webchat.core.spi.queue.QueueSlice;
import io.webchat.core.spi.queue.RestoreOutcome;
import io.webchat.core.spi.queue.UndeliveredMessages;
import java.time.Clock;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/** Queues in memory that can go back to an older state, like a server that starts from an older dump. */
public final class RewindableQueue implements OfflineQueue, LastSeenTimes {
    private final QueueLimits limits;
    private final Clock clock;
    private volatile MemoryOfflineQueue queue;
    private volatile MemoryOfflineQueue saved;

    /** Empty queues; the empty state is the saved one. */
    public RewindableQueue(QueueLimits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
        queue = MemoryOfflineQueue.create(limits, clock);
        saved = queue.copy();
    }

    /** Remembers the present state. */
    public void save() {
        saved = queue.copy();
    }

    /** Goes back to the saved state; each queue begins a new epoch. */
    public void goBack() {
        pause();
        MemoryOfflineQueue old = saved.copy();
        old.beginEpochs();
        queue = old;
    }

    /** Loses all data. */
    public void lose() {
        pause();
        queue = MemoryOfflineQueue.create(limits, clock);
    }

    /** No server restarts within a few milliseconds. */
    private static void pause() {
        long until = System.currentTimeMillis() + 20;
        await().until(() -> System.currentTimeMillis() > until);
    }

    @Override
    public CompletionStage<AttachedDevice> attach(UserId user, DeviceId device, long after) {
        return queue.attach(user, device, after);
    }

    @Override
    public CompletionStage<Appended> append(UserId user, ChatEvent event, long after) {
        return queue.append(user, event, after);
    }

    @Override
    public CompletionStage<QueueSlice> read(UserId user, long after, int limit) {
        return queue.read(user, after, limit);
    }

    @Override
    public CompletionStage<Boolean> confirm(UserId user, DeviceId device, long epoch, long upTo) {
        return queue.confirm(user, device, epoch, upTo);
    }

    @Override
    public CompletionStage<Void> leave(UserId user, DeviceId device) {
        return queue.leave(user, device);
    }

    @Override
    public CompletionStage<OptionalLong> lastSeen(UserId user) {
        return queue.lastSeen(user);
    }

    @Override
    public CompletionStage<RestoreOutcome> restore(UserId user, long epoch, UndeliveredMessages undelivered) {
        return queue.restore(user, epoch, undelivered);
    }
}
