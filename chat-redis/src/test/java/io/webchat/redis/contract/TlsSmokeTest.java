package io.webchat.redis.contract;

import io.webchat.redis.RedisConfig;
import io.webchat.redis.TestConfigs;
import io.webchat.redis.testing.RedisEndpoint;
import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.RedisServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Queue, router and stores work over TLS with a password. */
final class TlsSmokeTest extends AdapterSmokeTests {
    private static RedisServer server;

    @BeforeAll
    static void start() {
        RedisServers.assumeOwnServers();
        server = RedisServer.builder().tls().password("secret").start();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Override
    RedisConfig config() {
        return TestConfigs.tls(server);
    }

    @Override
    RedisEndpoint server() {
        return server.endpoint();
    }
}
