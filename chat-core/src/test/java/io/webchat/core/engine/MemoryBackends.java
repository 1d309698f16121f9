package io.webchat.core.engine;

import io.webchat.core.memory.MemoryChatRouter;
import io.webchat.core.memory.MemoryOfflineQueue;
import io.webchat.core.spi.ChatRouter;
import io.webchat.core.spi.OfflineQueue;
import io.webchat.core.spi.QueueLimits;
import java.time.Clock;
import java.time.Duration;

/** Nodes within this process. */
final class MemoryBackends implements EngineBackends {
    private final Node shared;

    MemoryBackends(QueueLimits limits) {
        this(new MemoryChatRouter(), MemoryOfflineQueue.create(limits, Clock.systemUTC()));
    }

    /** Nodes that share these. */
    MemoryBackends(ChatRouter router, OfflineQueue queue) {
        shared = new Node(router, queue);
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
