package io.webchat.redis.contract;

import io.webchat.core.engine.BadInputTest;
import io.webchat.core.engine.BlocksTest;
import io.webchat.core.engine.ConversationFlowTest;
import io.webchat.core.engine.EngineBackends;
import io.webchat.core.engine.EngineModelTest;
import io.webchat.core.engine.G11ReceiptsTest;
import io.webchat.core.engine.G1ToG6Test;
import io.webchat.core.engine.G7ToG13Test;
import io.webchat.core.engine.OpeningTest;
import io.webchat.core.engine.PresenceTest;
import io.webchat.core.engine.RepeatedWorkTest;
import io.webchat.core.engine.RoomFaultsTest;
import io.webchat.core.engine.RoomMessagesTest;
import io.webchat.core.engine.RoomReceiptsTest;
import io.webchat.core.engine.RoomsTest;
import io.webchat.core.engine.SendOrderTest;
import io.webchat.core.engine.SessionlessSendTest;
import io.webchat.core.spi.QueueLimits;
import io.webchat.redis.testing.RedisServers;
import org.junit.jupiter.api.Nested;

/** Every test that the engine passes in memory it passes over Redis too, with the same faults on top. */
final class EngineOnRedisTest {
    private static EngineBackends redis(QueueLimits limits) {
        return new RedisEngineBackends(RedisServers.shared().url(), limits);
    }

    @Nested
    class BadInput extends BadInputTest {
        @Override
        protected EngineBackends backends(QueueLimits limits) {
            return redis(limits);
        }
    }

    @Nested
    class ConversationFlow extends ConversationFlowTest {
        @Override
        protected EngineBackends backends(QueueLimits limits) {
            return redis(limits);
        }
    }

    @Nested
    class Model extends EngineModelTest {
        @Override
        protected EngineBackends backends(QueueLimits limits) {
            return redis(limits);
        }
    }

    @Nested
    class G1ToG6 extends G1ToG6Test {
        @Override
        protected EngineBackends backends(QueueLimits limits) {
            return redis(limits);
        }
    }

    @Nested
    class G7ToG13 extends G7ToG13Test {
        @Override
        protected EngineBackends backends(QueueLimits limits) {
            return redis(limits);
        }
    }

    @Nested
    class G11Receipts extends G11ReceiptsTest {
        @Override
        protected EngineBackends backends(QueueLimits limits) {
            return redis(limits);
        }
    }

    @Nested
    class Opening extends OpeningTest {
        @Override
        protected EngineBackends backends(QueueLimits limits) {
            return redis(limits);
        }
    }

    @Nested
    class RepeatedWork extends RepeatedWorkTest {
        @Override
        protected EngineBackends backends(QueueLimits limits) {
            return redis(limits);
        }
    }

    @Nested
    class Rooms extends RoomsTest {
        @Override
        protected EngineBackends backends(QueueLimits limits) {
            return redis(limits);
        }
    }

    @Nested
    class RoomMessages extends RoomMessagesTest {
        @Override
        protected EngineBackends backends(QueueLimits limits) {
            return redis(limits);
        }
    }

    @Nested
    class RoomReceipts extends RoomReceiptsTest {
        @Override
        protected EngineBackends backends(QueueLimits limits) {
            return redis(limits);
        }
    }

    @Nested
    class RoomFaults extends RoomFaultsTest {
        @Override
        protected EngineBackends backends(QueueLimits limits) {
            return redis(limits);
        }
    }

    @Nested
    class Blocks extends BlocksTest {
        @Override
        protected EngineBackends backends(QueueLimits limits) {
            return redis(limits);
        }
    }

    @Nested
    class Presence extends PresenceTest {
        @Override
        protected EngineBackends backends(QueueLimits limits) {
            return redis(limits);
        }
    }

    @Nested
    class SendOrder extends SendOrderTest {
        @Override
        protected EngineBackends backends(QueueLimits limits) {
            return redis(limits);
        }
    }

    @Nested
    class SessionlessSend extends SessionlessSendTest {
        @Override
        protected EngineBackends backends(QueueLimits limits) {
            return redis(limits);
        }
    }
}
