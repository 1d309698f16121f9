package io.webchat.redis.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** The sentinels know each other and replace a dead master. */
@ExtendWith(RedisServers.class)
@Tag("cluster")
final class SentinelSetupTest {
    @BeforeEach
    void ownServers() {
        RedisServers.assumeOwnServers();
    }

    @Test
    @Tag("process")
    @Tag("full")
    void aDeadMasterIsReplacedAndComesBackAsAReplica() {
        try (SentinelSetup setup = SentinelSetup.start(RedisServer.builder().password("secret"))) {
            RedisServer replica = setup.replica();
            setup.master().command("SET", "key", "value");
            setup.master().command("WAIT", "1", "9000");

            RedisServer old = setup.killMaster();

            assertThat(setup.awaitMasterOtherThan(old)).isSameAs(replica).isSameAs(setup.master());
            assertThat(replica.command("GET", "key")).isEqualTo("value");
            assertThat(replica.command("SET", "key", "next")).isEqualTo("OK");

            old.restart();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    // A server that becomes a replica closes its clients' connections.
                    .ignoreExceptionsInstanceOf(JedisConnectionException.class)
                    .untilAsserted(() -> assertThat(old.info("replication")).containsEntry("role", "slave"));
        }
    }

    @Test
    void theUrlNamesAllSentinels(SentinelSetup setup) {
        assertThat(setup.url())
                .matches("redis-sentinel://127.0.0.1:\\d+,127.0.0.1:\\d+,127.0.0.1:\\d+/" + setup.masterName());
        assertThat(setup.sentinels())
                .allSatisfy(sentinel -> assertThat(sentinel.command("SENTINEL", "CKQUORUM", setup.masterName()))
                        .asString()
                        .startsWith("OK 3 usable Sentinels"));
    }
}
