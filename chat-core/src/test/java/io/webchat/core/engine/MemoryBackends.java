package io.webchat.core.engine;

import io.webchat.core.memory.MemoryChatRouter;
import io.webchat.core.memory.MemoryOfflineQueue;
import io.webchat.core.spi.queue.OfflineQueue;
import io.webchat.core.spi.queue.QueueLimits;
import java.time.Clock;
import java.time.Duration;

/** The in-memory adapters, which all nodes share. */
public final class MemoryBackends implements EngineBackends {
    private final Node shared;

    /** With a new queue of these limits. */
    public MemoryBackends(QueueLimits limits) {
        this(MemoryOfflineQueue.create(limits, Clock.systemUTC()));
    }

    /** With this queue. */
    public MemoryBackends(OfflineQueue queue) {
        shared = new Node(new MemoryChatRouter(), queue);
    }

    /** Losable queues in memory. */
    static final class LosingQueue implements QueueLossBackendFactory {
        @Override
        public OfflineQueue emptyQueue() {
            return MemoryOfflineQueue.create(QueueLimits.DEFAULT, Clock.systemUTC());
        }

        @Override
        public EngineBackends backends(OfflineQueue shared) {
            return new MemoryBackends(shared);
        }
    }

    @Override
    public Node node() {
        return shared;
    }

    @Override
    public Duration hangTimeout() {
        return Duration.ofMillis(100);
    }

    @Override
    public void close() {}
}
