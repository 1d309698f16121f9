package io.webchat.redis.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.redis.RedisConfig;
import io.webchat.redis.RedisConnections;
import io.webchat.redis.testing.RedisEndpoint;
import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.RedisServers;
import io.webchat.redis.testing.SentinelSetup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Queue, router and stores work behind Sentinel, on a replica that replaced a dead master. */
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

    @Test
    void an_unknown_master_name_is_reported() {
        String url = setup.url().replace(setup.masterName(), "other");
        try (RedisConnections redis = RedisConnections.open(url)) {
            assertThat(redis.check()
                            .handle((ok, failure) -> String.valueOf(failure.getMessage()))
                            .toCompletableFuture()
                            .join())
                    .contains("No such master");
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
