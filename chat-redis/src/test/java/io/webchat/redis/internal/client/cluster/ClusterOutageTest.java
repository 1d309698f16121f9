package io.webchat.redis.internal.client.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.redis.testing.ClusterSetup;
import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.RedisServers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.util.JedisClusterCRC16;

/** Calls to a cluster that is down, has no quorum, or names its nodes in unusual ways. */
@Tag("cluster")
@Tag("fault")
@Tag("full")
class ClusterOutageTest {
    /** Generous, for a busy machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** How long a call may take while a server is down. */
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    @BeforeAll
    static void assume() {
        RedisServers.assumeOwnServers();
    }

    private static void assertUnavailable(CompletableFuture<?> call) {
        assertThat(call)
                .failsWithin(PATIENCE)
                .withThrowableThat()
                .havingCause()
                .isInstanceOfSatisfying(
                        ChatException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    }

    @Test
    @Tag("process")
    void callsFailInTimeWithoutQuorum() {
        try (ClusterSetup cluster = ClusterSetup.start();
                ClusterFixture client = ClusterFixture.of(cluster, TIMEOUT)) {
            String key = keyOn(cluster, 2);
            client.push(key, 1).join();
            cluster.node(0).kill();
            cluster.node(1).kill();
            await().until(() ->
                    String.valueOf(cluster.node(2).command("CLUSTER", "INFO")).contains("cluster_state:fail"));
            assertUnavailable(client.push(key, 2));
            cluster.node(0).restart();
            cluster.node(1).restart();
            cluster.awaitOk();
            await().untilAsserted(() -> assertThat(client.push(key, 3)).succeedsWithin(PATIENCE));
            assertThat(client.list(key)).containsExactly(1, 3);
        }
    }

    private static String keyOn(ClusterSetup cluster, int node) {
        return IntStream.range(0, 1000)
                .mapToObj(i -> "{on" + i + "}")
                .filter(tag -> cluster.ownerOf(JedisClusterCRC16.getSlot(tag)) == node)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void redirectsMayNameAHostOrNoHost() {
        try (ClusterSetup cluster = ClusterSetup.start()) {
            for (String type : List.of("unknown-endpoint", "hostname")) {
                cluster.nodes().forEach(each -> each.command("CONFIG", "SET", "cluster-preferred-endpoint-type", type));
                try (ClusterFixture client = ClusterFixture.of(cluster)) {
                    checkMoves(cluster, client);
                }
            }
            cluster.nodes().forEach(each -> each.command("CONFIG", "SET", "cluster-announce-hostname", "localhost"));
            await().until(() -> cluster.nodes().stream()
                    .noneMatch(each ->
                            String.valueOf(each.command("CLUSTER", "SLOTS")).contains("?")));
            try (ClusterFixture client = ClusterFixture.of(cluster)) {
                checkMoves(cluster, client);
                assertThat(client.topology.masters())
                        .allMatch(each -> each.getHost().equals("localhost"));
            }
        }
    }

    private static void checkMoves(ClusterSetup cluster, ClusterFixture client) {
        for (int i = 0; i < 10; i++) {
            String key = "{named" + i + "}";
            int slot = JedisClusterCRC16.getSlot(key);
            assertThat(client.push(key, 0)).succeedsWithin(PATIENCE);
            int from = cluster.ownerOf(slot);
            cluster.migrateSlot(slot, from, (from + 1) % 3);
            assertThat(client.push(key, 1)).succeedsWithin(PATIENCE);
        }
    }

    @Test
    @Tag("process")
    void callsSucceedOnceTheClusterHasStarted() {
        try (ClusterSetup cluster = ClusterSetup.start()) {
            cluster.nodes().forEach(RedisServer::kill);
            try (ClusterFixture client = ClusterFixture.of(cluster, TIMEOUT)) {
                assertUnavailable(client.push("{a}", 1));
                cluster.nodes().forEach(RedisServer::restart);
                cluster.awaitOk();
                await().untilAsserted(() -> assertThat(client.push("{a}", 2)).succeedsWithin(PATIENCE));
            }
        }
    }

    @Test
    void closingFailsWaitingCallsAndEndsAllThreads() {
        try (ClusterSetup cluster = ClusterSetup.start()) {
            ClusterFixture client = ClusterFixture.of(cluster);
            client.push("{a}", 1).join();
            cluster.nodes().forEach(RedisServer::pause);
            CompletableFuture<Object> waiting = client.push("{a}", 2);
            client.close();
            assertThat(waiting).failsWithin(PATIENCE);
            assertThat(client.push("{a}", 3)).failsWithin(PATIENCE);
            cluster.nodes().forEach(RedisServer::resume);
            await().until(() -> Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(each -> each.getName().startsWith("webchat-redis")));
        }
    }
}
