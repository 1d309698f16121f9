package io.webchat.core.engine;

import io.webchat.core.memory.MemoryChatRouter;
import io.webchat.core.memory.MemoryOfflineQueue;
import io.webchat.core.spi.QueueLimits;
import java.time.Clock;
import java.time.Duration;

/** Nodes within this process. */
final class MemoryBackends implements EngineBackends {
    private final Node shared;

    MemoryBackends(QueueLimits limits) {
        shared = new Node(new MemoryChatRouter(), MemoryOfflineQueue.create(limits, Clock.systemUTC()));
    }

    @Override
    public Node node() {
        return shared;
    }

    @Override
    public Duration timeout() {
        return Duration.ofMillis(300);
    }

    @Override
    public void close() {}
}
