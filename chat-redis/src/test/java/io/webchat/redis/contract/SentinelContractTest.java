package io.webchat.redis.contract;

import io.webchat.core.contract.ContractBackend;
import io.webchat.core.contract.queue.OfflineQueueContract;
import io.webchat.core.contract.router.ChatRouterContract;
import io.webchat.core.spi.ChatRouter;
import io.webchat.core.spi.queue.OfflineQueue;
import io.webchat.core.spi.queue.QueueLimits;
import io.webchat.redis.QueueBackend;
import io.webchat.redis.RedisConfig;
import io.webchat.redis.testing.RedisEndpoint;
import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.RedisServers;
import io.webchat.redis.testing.SentinelSetup;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** Queue and router fulfil their whole contracts behind Sentinel, on a replica that replaced a dead master. */
@Tag("cluster")
@Tag("full")
final class SentinelContractTest {
    private static SentinelSetup setup;

    @BeforeAll
    static void start() {
        RedisServers.assumeOwnServers();
        setup = SentinelSetup.start(RedisServer.builder().password("secret"));
        setup.awaitMasterOtherThan(setup.killMaster());
    }

    @AfterAll
    static void stop() {
        setup.close();
    }

    private static RedisConfig config() {
        return RedisConfig.of(setup.url());
    }

    private static List<RedisEndpoint> servers() {
        return List.of(setup.master().endpoint());
    }

    @Nested
    final class Queue implements OfflineQueueContract {
        @Override
        public ContractBackend<OfflineQueue> offlineQueues(QueueLimits limits) {
            return new QueueBackend(config(), servers(), limits);
        }
    }

    @Nested
    final class Router implements ChatRouterContract {
        @Override
        public ContractBackend<ChatRouter> chatRouters() {
            return new RouterBackend(config(), servers());
        }
    }
}
