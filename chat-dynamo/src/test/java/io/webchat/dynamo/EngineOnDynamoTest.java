package io.webchat.dynamo;

import io.webchat.core.engine.BadInputTest;
import io.webchat.core.engine.BlocksTest;
import io.webchat.core.engine.ConversationFlowTest;
import io.webchat.core.engine.EngineBackends;
import io.webchat.core.engine.EngineModelTest;
import io.webchat.core.engine.G11ReceiptsTest;
import io.webchat.core.engine.G1ToG6Test;
import io.webchat.core.engine.G7ToG13Test;
import io.webchat.core.engine.G8RecoveryTest;
import io.webchat.core.engine.G8RepeatedLossTest;
import io.webchat.core.engine.OpeningTest;
import io.webchat.core.engine.RepeatedWorkTest;
import io.webchat.core.engine.RoomFaultsTest;
import io.webchat.core.engine.RoomMessagesTest;
import io.webchat.core.engine.RoomReceiptsTest;
import io.webchat.core.engine.RoomsTest;
import io.webchat.core.engine.SendOrderTest;
import io.webchat.core.engine.SessionlessSendTest;
import io.webchat.core.spi.OfflineQueue;
import io.webchat.core.spi.QueueLimits;
import org.junit.jupiter.api.Nested;

/**
 * What the engine does in memory it also does where DynamoDB has the queues, the call log, rooms, profiles and blocks,
 * with the same faults on top.
 */
final class EngineOnDynamoTest {
    @Nested
    class BadInput extends BadInputTest {
        @Override
        protected EngineBackends backends(QueueLimits limits) {
            return new DynamoEngineBackends(limits);
        }
    }

    @Nested
    class ConversationFlow extends ConversationFlowTest {
        @Override
        protected EngineBackends backends(QueueLimits limits) {
            return new DynamoEngineBackends(limits);
        }
    }

    @Nested
    class G1ToG6 extends G1ToG6Test {
        @Override
        protected EngineBackends backends(QueueLimits limits) {
            return new DynamoEngineBackends(limits);
        }
    }

    @Nested
    class EngineModel extends EngineModelTest {
        @Override
        protected EngineBackends backends(QueueLimits limits) {
            return new DynamoEngineBackends(limits);
        }
    }

    @Nested
    class G7ToG13 extends G7ToG13Test {
        @Override
        protected EngineBackends backends(QueueLimits limits) {
            return new DynamoEngineBackends(limits);
        }
    }

    @Nested
    class G11Receipts extends G11ReceiptsTest {
        @Override
        protected EngineBackends backends(QueueLimits limits) {
            return new DynamoEngineBackends(limits);
        }
    }

    @Nested
    class Opening extends OpeningTest {
        @Override
        protected EngineBackends backends(QueueLimits limits) {
            return new DynamoEngineBackends(limits);
        }
    }

    @Nested
    class RepeatedWork extends RepeatedWorkTest {
        @Override
        protected EngineBackends backends(QueueLimits limits) {
            return new DynamoEngineBackends(limits);
        }
    }

    @Nested
    class Rooms extends RoomsTest {
        @Override
        protected EngineBackends backends(QueueLimits limits) {
            return new DynamoEngineBackends(limits);
        }
    }

    @Nested
    class RoomMessages extends RoomMessagesTest {
        @Override
        protected EngineBackends backends(QueueLimits limits) {
            return new DynamoEngineBackends(limits);
        }
    }

    @Nested
    class RoomReceipts extends RoomReceiptsTest {
        @Override
        protected EngineBackends backends(QueueLimits limits) {
            return new DynamoEngineBackends(limits);
        }
    }

    @Nested
    class RoomFaults extends RoomFaultsTest {
        @Override
        protected EngineBackends backends(QueueLimits limits) {
            return new DynamoEngineBackends(limits);
        }
    }

    @Nested
    class Blocks extends BlocksTest {
        @Override
        protected EngineBackends backends(QueueLimits limits) {
            return new DynamoEngineBackends(limits);
        }
    }

    @Nested
    class SendOrder extends SendOrderTest {
        @Override
        protected EngineBackends backends(QueueLimits limits) {
            return new DynamoEngineBackends(limits);
        }
    }

    @Nested
    class SessionlessSend extends SessionlessSendTest {
        @Override
        protected EngineBackends backends(QueueLimits limits) {
            return new DynamoEngineBackends(limits);
        }
    }

    /** A queue in a table that is empty; the call log keeps its own. */
    @Nested
    class G8Recovery extends G8RecoveryTest {
        @Override
        protected OfflineQueue emptyQueue() {
            return DynamoOfflineQueue.create(Tables.CLIENT, DynamoConfig.of(Tables.create()));
        }

        @Override
        protected EngineBackends backends(OfflineQueue shared) {
            return new DynamoEngineBackends(shared);
        }
    }

    /** A queue in a table that is empty; the call log keeps its own. */
    @Nested
    class G8RepeatedLoss extends G8RepeatedLossTest {
        @Override
        protected OfflineQueue emptyQueue() {
            return DynamoOfflineQueue.create(Tables.CLIENT, DynamoConfig.of(Tables.create()));
        }

        @Override
        protected EngineBackends backends(OfflineQueue shared) {
            return new DynamoEngineBackends(shared);
        }
    }
}
