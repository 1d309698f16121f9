package io.webchat.redis;

import static io.webchat.redis.TestCommands.failure;
import static io.webchat.redis.TestCommands.rpush;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webchat.core.ErrorCode;
import io.webchat.redis.internal.client.ServerConnection;
import io.webchat.redis.internal.client.sentinel.SentinelConnectionFactory;
import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.RedisServers;
import io.webchat.redis.testing.SentinelSetup;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Connections go to the master that the sentinels name, and to its successor after a failover. */
@Tag("cluster")
final class SentinelConnectionFactoryTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @BeforeEach
    void ownServers() {
        RedisServers.assumeOwnServers();
    }

    private static RedisConfigBuilder patient(SentinelSetup setup) {
        return RedisConfig.builder(setup.url()).commandTimeout(LONG);
    }

    @Test
    @Tag("process")
    void G9_callsSurviveAFailoverInOrder() {
        try (SentinelSetup setup = SentinelSetup.start(RedisServer.builder().password("secret"));
                RedisConnections redis = RedisConnections.open(patient(setup).build())) {
            redis.check().toCompletableFuture().join();
            rpush(redis.commands(), "k", 1).join();
            // Wait for the replica: without replicas(1) no answer promises that the replica has the change.
            setup.master().command("WAIT", "1", "9000");
            RedisServer old = setup.killMaster();
            List<CompletableFuture<Object>> calls = List.of(
                    rpush(redis.commands(), "k", 2), rpush(redis.commands(), "k", 3), rpush(redis.commands(), "k", 4));

            calls.forEach(CompletableFuture::join);

            RedisServer promoted = setup.awaitMasterOtherThan(old);
            assertThat(TestCommands.numbers(promoted.endpoint(), "k")).containsExactly(1L, 2L, 3L, 4L);
        }
    }

    @Test
    @Tag("full")
    void idleConnectionsLeaveAReplacedMaster() {
        try (SentinelSetup setup = SentinelSetup.start();
                SentinelConnectionFactory endpoint = new SentinelConnectionFactory(
                        TestConfigs.settings(patient(setup).build()))) {
            ServerConnection wire = endpoint.connect();
            RedisServer old = setup.master();
            assertThat(wire.server().getPort()).isEqualTo(old.port());

            // The paused master does not learn of its replacement, and would still call itself a master.
            old.pause();
            RedisServer promoted = setup.awaitMasterOtherThan(old);
            Awaitility.await().atMost(LONG).until(wire::isBroken);

            ServerConnection next = endpoint.connect();
            assertThat(next.server().getPort()).isEqualTo(promoted.port());
            next.drop();
        }
    }

    @Test
    void oneSentinelIsEnough() {
        try (SentinelSetup setup = SentinelSetup.start()) {
            setup.sentinels().get(0).kill();
            setup.sentinels().get(1).pause();
            try (RedisConnections redis = RedisConnections.open(patient(setup).build())) {
                assertThat(rpush(redis.commands(), "k", 1).join()).isEqualTo(1L);
            }
        }
    }

    @Test
    void aReplicaIsNotUsed() {
        try (SentinelSetup setup = SentinelSetup.start();
                SentinelConnectionFactory endpoint = new SentinelConnectionFactory(
                        TestConfigs.settings(patient(setup).build()))) {
            RedisServer master = setup.master();
            // One sentinel alone cannot start a failover.
            setup.sentinels().get(0).kill();
            setup.sentinels().get(1).kill();
            master.command("REPLICAOF", "127.0.0.1", "1");

            assertThatThrownBy(endpoint::connect)
                    .satisfies(failure -> assertThat(failure.getSuppressed())
                            .anySatisfy(
                                    why -> assertThat(why).hasMessageContaining("is named as the master, but is not")));
        }
    }

    @Test
    void closingEndsAllThreads() {
        List<String> before = TestCommands.threads();
        RedisConnections redis = RedisConnections.open("redis-sentinel://127.0.0.1:1/m");
        redis.close();
        Awaitility.await().until(() -> TestCommands.threads().equals(before));
    }

    @Test
    @Tag("process")
    @Tag("full")
    void G9_answersThatWaitedForTheReplicaSurviveAFailover() {
        try (SentinelSetup setup = SentinelSetup.start();
                RedisConnections redis = RedisConnections.open(RedisConfig.builder(setup.url())
                        .commandTimeout(Duration.ofSeconds(1))
                        .replicas(1)
                        .build())) {
            PushLoad load = new PushLoad("n", (key, number) -> rpush(redis.commands(), key, number));
            load.awaitAnswers(2_000);
            RedisServer old = setup.killMaster();
            RedisServer promoted = setup.awaitMasterOtherThan(old);
            assertThat(failure(rpush(redis.commands(), "alone", 1), LONG)).isEqualTo(ErrorCode.UNAVAILABLE);

            old.restart();
            load.awaitAnswers(2_000);
            load.stop();
            load.assertKept(promoted.endpoint());
        }
    }
}
