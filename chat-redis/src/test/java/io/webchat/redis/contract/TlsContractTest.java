package io.webchat.redis.contract;

import io.webchat.core.contract.ContractBackend;
import io.webchat.core.contract.queue.OfflineQueueContract;
import io.webchat.core.contract.router.ChatRouterContract;
import io.webchat.core.spi.ChatRouter;
import io.webchat.core.spi.queue.OfflineQueue;
import io.webchat.core.spi.queue.QueueLimits;
import io.webchat.redis.QueueBackend;
import io.webchat.redis.RedisConfig;
import io.webchat.redis.TestConfigs;
import io.webchat.redis.testing.RedisEndpoint;
import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.RedisServers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** Queue and router fulfil their whole contracts over TLS with a password. */
@Tag("full")
final class TlsContractTest {
    private static RedisServer server;

    @BeforeAll
    static void start() {
        RedisServers.assumeOwnServers();
        server = RedisServer.builder().tls().password("secret").start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static RedisConfig config() {
        return TestConfigs.tls(server);
    }

    private static List<RedisEndpoint> servers() {
        return List.of(server.endpoint());
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
