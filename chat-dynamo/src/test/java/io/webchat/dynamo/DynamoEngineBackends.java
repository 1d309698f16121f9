package io.webchat.dynamo;

import io.webchat.core.engine.EngineBackendFactory;
import io.webchat.core.engine.EngineBackends;
import io.webchat.core.engine.QueueLossBackendFactory;
import io.webchat.core.memory.MemoryChatRouter;
import io.webchat.core.memory.MemoryOfflineQueue;
import io.webchat.core.spi.queue.OfflineQueue;
import io.webchat.core.spi.queue.QueueLimits;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Nodes within this process that share a table of their own, and queues in memory. */
final class DynamoEngineBackends implements EngineBackends {
    /** Puts the suites of a test class on DynamoDB Local. */
    interface Factory extends EngineBackendFactory {
        @Override
        default EngineBackends backends(QueueLimits limits) {
            return new DynamoEngineBackends(MemoryOfflineQueue.create(limits, Clock.systemUTC()));
        }
    }

    /** Puts the call log of the suites of queue losses on DynamoDB Local; the queue in memory is lost. */
    interface LosableQueueFactory extends QueueLossBackendFactory {
        @Override
        default OfflineQueue emptyQueue() {
            return MemoryOfflineQueue.create();
        }

        @Override
        default EngineBackends backends(OfflineQueue shared) {
            return new DynamoEngineBackends(shared);
        }
    }

    private final DynamoConfig config = DynamoConfig.builder(Tables.create())
            .requestTimeout(Tables.PATIENCE)
            .flushInterval(Duration.ofMillis(20))
            .build();
    private final MemoryChatRouter router = new MemoryChatRouter();
    private final OfflineQueue queue;
    private final List<DynamoCallLogStore> logs = new CopyOnWriteArrayList<>();

    DynamoEngineBackends(OfflineQueue queue) {
        this.queue = queue;
    }

    @Override
    public Node node() {
        DynamoCallLogStore log = DynamoCallLogStore.create(Tables.CLIENT, config);
        logs.add(log);
        return new Node(
                router,
                queue,
                DynamoRoomStore.create(Tables.CLIENT, config),
                DynamoProfileStore.create(Tables.CLIENT, config),
                log);
    }

    @Override
    public Duration hangTimeout() {
        return Duration.ofSeconds(1);
    }

    /** DynamoDB Local takes some hundred items a second beside two busy nodes. */
    @Override
    public int burst() {
        return 200;
    }

    @Override
    public void close() {
        logs.forEach(DynamoCallLogStore::close);
        LogNode.await(Tables.CLIENT.deleteTable(each -> each.tableName(config.table())));
    }
}
