package io.webchat.core.memory;

import io.webchat.core.contract.ContractBackend;
import io.webchat.core.contract.MovableClock;
import io.webchat.core.contract.queue.OfflineQueueContract;
import io.webchat.core.spi.queue.OfflineQueue;
import io.webchat.core.spi.queue.QueueLimits;
import java.time.Duration;

/** The in-memory queue keeps the contract; its nodes share one object, as the nodes of one process do. */
final class MemoryOfflineQueueContractTest implements OfflineQueueContract {
    @Override
    public ContractBackend<OfflineQueue> offlineQueues(QueueLimits limits) {
        return new Backend(limits);
    }

    private static final class Backend implements ContractBackend<OfflineQueue> {
        private final MovableClock clock = MovableClock.running();
        private final RewindableQueue queue;

        Backend(QueueLimits limits) {
            queue = new RewindableQueue(limits, clock);
        }

        @Override
        public OfflineQueue node() {
            return queue;
        }

        @Override
        public void advance(Duration time) {
            clock.advance(time);
        }

        @Override
        public void loseData() {
            // The times of the lost queue may be ahead, by a millisecond for each event.
            advance(Duration.ofSeconds(1));
            queue.lose();
        }

        @Override
        public void save() {
            queue.save();
        }

        @Override
        public void goBack() {
            advance(Duration.ofSeconds(1));
            queue.goBack();
        }
    }
}
