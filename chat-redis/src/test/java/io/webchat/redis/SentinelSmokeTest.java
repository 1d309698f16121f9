package io.webchat.redis;

import io.webchat.redis.testing.RedisEndpoint;
import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.RedisServers;
import io.webchat.redis.testing.SentinelSetup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** Queue and router work behind Sentinel, on a replica that replaced a dead master. */
@Tag("cluster")
@Tag("process")
final class SentinelSmokeTest extends AdapterSmokeTests {
    private static SentinelSetup setup;

    @BeforeAll
    static void start() {
        RedisServers.assumeOwnServers();
        setup = SentinelSetup.start(RedisServer.builder().password("secret"));
        setup.awaitMasterOtherThan(setup.killMaster());
    }

    @AfterAll
    static void stop() {
        if (setup != null) {
            setup.close();
        }
    }

    @Override
    RedisConfig config() {
        return RedisConfig.of(setup.url());
    }

    @Override
    RedisEndpoint server() {
        return setup.master().endpoint();
    }
}
