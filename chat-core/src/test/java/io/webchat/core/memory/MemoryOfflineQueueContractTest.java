package io.webchat.core.memory;

import io.webchat.core.ChatEvent;
import io.webchat.core.DeviceId;
import io.webchat.core.UserId;
import io.webchat.core.contract.ContractBackend;
import io.webchat.core.contract.MovableClock;
import io.webchat.core.contract.queue.OfflineQueueContract;
import io.webchat.core.spi.Appended;
import io.webchat.core.spi.Attachment;
import io.webchat.core.spi.OfflineQueue;
import io.webchat.core.spi.QueueLimits;
import io.webchat.core.spi.QueueSlice;
import io.webchat.core.spi.UndeliveredMessages;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** The in-memory queue keeps the contract; its nodes share one object, as the nodes of one process do. */
final class MemoryOfflineQueueContractTest implements OfflineQueueContract {
    @Override
    public ContractBackend<OfflineQueue> offlineQueues(QueueLimits limits) {
        return new Backend(limits);
    }

    private static final class Backend implements ContractBackend<OfflineQueue> {
        private final MovableClock clock = MovableClock.running();
        private final QueueLimits limits;
        private volatile MemoryOfflineQueue queue;
        private volatile MemoryOfflineQueue saved;

        Backend(QueueLimits limits) {
            this.limits = limits;
            queue = MemoryOfflineQueue.create(limits, clock);
            saved = queue;
        }

        @Override
        public OfflineQueue node() {
            return new Node(this);
        }

        @Override
        public void advance(Duration time) {
            clock.advance(time);
        }

        @Override
        public void loseData() {
            // No process restarts within the millisecond in which it died.
            clock.advance(Duration.ofSeconds(1));
            queue = MemoryOfflineQueue.create(limits, clock);
        }

        @Override
        public void save() {
            saved = queue.copy();
        }

        @Override
        public void goBack() {
            // No server is restored within the millisecond in which it was saved.
            clock.advance(Duration.ofSeconds(1));
            queue = saved.copy();
            queue.beginEpochs();
        }
    }

    /** Goes on with an empty queue after the backend lost its data. */
    private record Node(Backend backend) implements OfflineQueue {
        @Override
        public CompletionStage<Attachment> attach(UserId user, DeviceId device, long after) {
            return backend.queue.attach(user, device, after);
        }

        @Override
        public CompletionStage<Appended> append(UserId user, ChatEvent event) {
            return backend.queue.append(user, event);
        }

        @Override
        public CompletionStage<QueueSlice> read(UserId user, long after, int limit) {
            return backend.queue.read(user, after, limit);
        }

        @Override
        public CompletionStage<Boolean> confirm(UserId user, DeviceId device, long epoch, long upTo) {
            return backend.queue.confirm(user, device, epoch, upTo);
        }

        @Override
        public CompletionStage<Boolean> restore(UserId user, long epoch, UndeliveredMessages undelivered) {
            return backend.queue.restore(user, epoch, undelivered);
        }
    }
}
