package io.webchat.core.engine;

import io.webchat.core.Chat;
import io.webchat.core.ChatConfig;
import io.webchat.core.memory.MemoryCallLogStore;
import io.webchat.core.memory.MemoryChatRouter;
import io.webchat.core.memory.MemoryOfflineQueue;
import io.webchat.core.spi.QueueLimits;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.awaitility.Awaitility;

/** Several nodes on the same in-memory backends, each of which can be made to fail. */
final class Cluster implements AutoCloseable {
    static {
        Awaitility.setDefaultPollDelay(Duration.ZERO);
        Awaitility.setDefaultPollInterval(Duration.ofMillis(5));
    }

    final FaultyRouter router = new FaultyRouter(new MemoryChatRouter());
    final FaultyQueue queue;
    final FaultyCallLog callLog = new FaultyCallLog(MemoryCallLogStore.create());
    private final List<Chat> nodes = new ArrayList<>();

    Cluster() {
        this(QueueLimits.DEFAULT);
    }

    Cluster(QueueLimits limits) {
        queue = new FaultyQueue(MemoryOfflineQueue.create(limits, Clock.systemUTC()));
    }

    /** Limits for tests: no rate limits, quick retries. */
    static ChatConfig.Builder config() {
        return ChatConfig.builder()
                .messagesPerSecond(0)
                .signalsPerSecond(0)
                .maxInFlight(1 << 20)
                .gapWait(Duration.ofMillis(5))
                .retryDelay(Duration.ofMillis(5))
                .backendTimeout(Duration.ofMillis(300));
    }

    Chat node() {
        return node(builder -> {});
    }

    Chat node(Consumer<Chat.Builder> change) {
        Chat.Builder builder = Chat.builder()
                .router(router)
                .offlineQueue(queue)
                .callLog(callLog)
                .config(config().build());
        change.accept(builder);
        Chat node = builder.build();
        nodes.add(node);
        return node;
    }

    @Override
    public void close() {
        nodes.forEach(each -> each.close(Duration.ZERO));
    }
}
