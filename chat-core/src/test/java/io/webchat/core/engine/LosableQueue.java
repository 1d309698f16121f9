package io.webchat.core.engine;

import static org.awaitility.Awaitility.await;

import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.queue.Appended;
import io.webchat.core.spi.queue.AttachedDevice;
import io.webchat.core.spi.queue.OfflineQueue;
import io.webchat.core.spi.queue.QueueSlice;
import io.webchat.core.spi.queue.RestoreOutcome;
import io.webchat.core.spi.queue.UndeliveredMessages;
import io.webchat.core.testing.TestClient;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** A queue that can lose all its data, like a server that dies before it saved. */
public final class LosableQueue implements OfflineQueue {
    private final UserId whose;
    private final Supplier<OfflineQueue> fresh;
    private volatile OfflineQueue now;

    /** Over the queues of {@code fresh}; {@link #lose} looks at this user's queue only. */
    public LosableQueue(UserId user, Supplier<OfflineQueue> fresh) {
        whose = user;
        this.fresh = fresh;
        now = fresh.get();
    }

    /** Loses all data, and comes back after the time at which it stored its last event. */
    public void lose() {
        List<Envelope> all = TestClient.join(now.read(whose, 0, 1_000)).events();
        long last = all.isEmpty() ? 0 : all.get(all.size() - 1).storedAt();
        long then = Math.max(last, System.currentTimeMillis());
        await().until(() -> System.currentTimeMillis() > then + 10);
        now = fresh.get();
    }

    /** Drops the events of the queue as if they were too old. */
    public void dropEvents() {
        long next = TestClient.join(now.read(whose, 0, 1)).next();
        OfflineQueue trimmed = now;
        now = new Trimmed(whose, trimmed, next);
    }

    @Override
    public CompletionStage<AttachedDevice> attach(UserId user, DeviceId device, long after) {
        return now.attach(user, device, after);
    }

    @Override
    public CompletionStage<Appended> append(UserId user, ChatEvent event, long after) {
        return now.append(user, event, after);
    }

    @Override
    public CompletionStage<QueueSlice> read(UserId user, long after, int limit) {
        return now.read(user, after, limit);
    }

    @Override
    public CompletionStage<Boolean> confirm(UserId user, DeviceId device, long epoch, long upTo) {
        return now.confirm(user, device, epoch, upTo);
    }

    @Override
    public CompletionStage<RestoreOutcome> restore(UserId user, long epoch, UndeliveredMessages undelivered) {
        return now.restore(user, epoch, undelivered);
    }

    /** A queue that begins at this Seq, whatever it has before. */
    private record Trimmed(UserId trimmed, OfflineQueue queue, long first) implements OfflineQueue {
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
            return queue.read(user, user.equals(trimmed) ? Math.max(after, first - 1) : after, limit)
                    .thenApply(slice -> new QueueSlice(
                            slice.epoch(),
                            slice.events(),
                            user.equals(trimmed) ? Math.max(slice.first(), first) : slice.first(),
                            slice.next(),
                            slice.devices(),
                            slice.confirmed()));
        }

        @Override
        public CompletionStage<Boolean> confirm(UserId user, DeviceId device, long epoch, long upTo) {
            return queue.confirm(user, device, epoch, upTo);
        }

        @Override
        public CompletionStage<RestoreOutcome> restore(UserId user, long epoch, UndeliveredMessages undelivered) {
            return queue.restore(user, epoch, undelivered);
        }
    }
}
