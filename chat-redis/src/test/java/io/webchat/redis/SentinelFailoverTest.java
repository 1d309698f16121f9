package io.webchat.redis;

import static io.webchat.redis.TestCommands.rpush;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.redis.internal.client.ServerConnection;
import io.webchat.redis.internal.client.sentinel.SentinelConnectionFactory;
import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.RedisServers;
import io.webchat.redis.testing.SentinelSetup;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.exceptions.JedisException;

/**
 * One replica was promoted, and another replica takes long to follow it. During that time, the sentinel that leads the
 * failover tells the new epoch, but the old address in the answers to some questions.
 */
@Tag("cluster")
@Tag("full")
final class SentinelFailoverTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private SentinelSetup setup;
    private RedisServer leader;
    private RedisServer old;
    private RedisServer promoted;

    @BeforeEach
    void setUp() {
        RedisServers.assumeOwnServers();
        setup = SentinelSetup.start(RedisServer.builder().password("secret"), 2);
        leader = setup.sentinels().get(0);
        old = setup.master();
        promoted = setup.replicas().get(0);
        keepFromFollowing(setup.replicas().get(1));
    }

    @AfterEach
    void close() {
        if (setup != null) {
            setup.close();
        }
    }

    /** The replica keeps answering, so the leader waits for it, but it cannot log in at another master. */
    private void keepFromFollowing(RedisServer replica) {
        replica.command("CONFIG", "SET", "masterauth", "wrong");
        replica.command("CONFIG", "SET", "replica-priority", "0");
        leader.command("SENTINEL", "SET", setup.masterName(), "failover-timeout", "60000");
        await().until(() -> sentinel("REPLICAS").contains("slave-priority, 0"));
    }

    private String sentinel(String question) {
        return String.valueOf(leader.command("SENTINEL", question, setup.masterName()));
    }

    private void failOver() {
        leader.command("SENTINEL", "FAILOVER", setup.masterName());
        await().atMost(LONG).until(() -> named() == promoted.port());
    }

    private int named() {
        List<?> address = (List<?>)
                Objects.requireNonNull(leader.command("SENTINEL", "GET-MASTER-ADDR-BY-NAME", setup.masterName()));
        return Integer.parseInt(address.get(1).toString());
    }

    private void assertFailoverLasts() {
        assertThat(sentinel("MASTER")).contains("failover_in_progress").contains("port, " + old.port());
    }

    @Test
    void connectionsToThePromotedMasterStay() {
        try (SentinelConnectionFactory endpoint =
                new SentinelConnectionFactory(TestConfigs.settings(RedisConfig.of(setup.url())))) {
            failOver();
            ServerConnection wire = await().atMost(LONG)
                    .ignoreExceptionsInstanceOf(JedisException.class)
                    .until(endpoint::connect, it -> it.server().getPort() == promoted.port());

            // Longer than three polls of the sentinels.
            await().during(Duration.ofMillis(3_500)).atMost(LONG).until(() -> !wire.isBroken());
            assertFailoverLasts();
            wire.drop();
        }
    }

    @Test
    void theOldMasterIsLeftWhileItStillCallsItselfMaster() {
        // Nobody else tells the old master about the promotion. The leader does so at the end only.
        setup.sentinels().subList(1, 3).forEach(RedisServer::pause);
        String url = "redis-sentinel://:secret@127.0.0.1:" + leader.port() + "/" + setup.masterName();
        try (RedisConnections redis = RedisConnections.open(url)) {
            rpush(redis.commands(), "k", 1).join();
            failOver();

            await().atMost(LONG).until(() -> {
                rpush(redis.commands(), "k", 2).join();
                return TestCommands.numbers(promoted.endpoint(), "k").contains(2L);
            });
            assertFailoverLasts();
            assertThat(old.info("replication")).containsEntry("role", "master");
        }
    }
}
