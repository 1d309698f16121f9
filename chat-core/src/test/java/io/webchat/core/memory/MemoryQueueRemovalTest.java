package io.webchat.core.memory;

import io.webchat.core.contract.queue.QueueRemovalContract;
import io.webchat.core.spi.queue.OfflineQueue;

/** The in-memory queue can be emptied. */
final class MemoryQueueRemovalTest implements QueueRemovalContract {
    private final OfflineQueue queue = MemoryOfflineQueue.create();

    @Override
    public OfflineQueue queue() {
        return queue;
    }
}
