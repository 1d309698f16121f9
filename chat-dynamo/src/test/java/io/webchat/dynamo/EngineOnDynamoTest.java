package io.webchat.dynamo;

import io.webchat.core.engine.EngineBackends;
import io.webchat.core.engine.RoomsTest;
import io.webchat.core.memory.MemoryChatRouter;
import io.webchat.core.memory.MemoryOfflineQueue;
import io.webchat.core.spi.QueueLimits;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Nested;

/** What the engine does with rooms and blocks it also does where DynamoDB has them, with the same faults on top. */
final class EngineOnDynamoTest {
    @Nested
    class Rooms extends RoomsTest {
        @Override
        protected EngineBackends backends(QueueLimits limits) {
            return new Backends(limits);
        }
    }

    /** Nodes within this process, whose rooms and profiles are in a table of their own. */
    private static final class Backends implements EngineBackends {
        private final DynamoConfig config = DynamoConfig.builder(Tables.create())
                .requestTimeout(Tables.PATIENCE)
                .build();
        private final MemoryChatRouter router = new MemoryChatRouter();
        private final MemoryOfflineQueue queue;

        Backends(QueueLimits limits) {
            queue = MemoryOfflineQueue.create(limits, Clock.systemUTC());
        }

        @Override
        public Node node() {
            return new Node(
                    router,
                    queue,
                    DynamoRoomStore.create(Tables.CLIENT, config),
                    DynamoProfileStore.create(Tables.CLIENT, config));
        }

        @Override
        public Duration timeout() {
            return Duration.ofSeconds(3);
        }

        @Override
        public void close() {
            LogNode.await(Tables.CLIENT.deleteTable(each -> each.tableName(config.table())));
        }
    }
}
