package io.webchat.redis.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.redis.RedisConfig;
import io.webchat.redis.TestConfigs;
import io.webchat.redis.testing.ClusterSetup;
import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.RedisServers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.util.JedisClusterCRC16;

/** Servers of a cluster die, stop, or say strange things about each other. */
class ClusterFaultsTest {
    private static final Duration TIMEOUT =
            TestConfigs.settings(RedisConfig.of("redis://cluster")).commandTimeout();

    @BeforeAll
    static void assume() {
        RedisServers.assumeOwnServers();
    }

    private static void assertUnavailable(CompletableFuture<?> call) {
        assertThat(call)
                .failsWithin(TIMEOUT.plusSeconds(1))
                .withThrowableThat()
                .havingCause()
                .isInstanceOfSatisfying(
                        ChatException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    }

    private static List<List<String>> keys() {
        return IntStream.range(0, 3)
                .mapToObj(thread -> IntStream.range(0, 10)
                        .mapToObj(key -> "{" + thread + "-" + key + "}")
                        .toList())
                .toList();
    }

    @Test
    void callsHealWhenAReplicaIsPromoted() {
        try (ClusterSetup cluster = ClusterSetup.start(RedisServer.builder(), true);
                ClusterFixture client = ClusterFixture.of(cluster);
                ClusterPushTraffic traffic = new ClusterPushTraffic(client, 1, keys())) {
            String key = keyOn(cluster, 0);
            await().until(() -> traffic.acknowledged() > 1000);
            cluster.node(0).kill();
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(client.push(key, 1)).succeedsWithin(TIMEOUT.plusSeconds(1)));
            int healed = traffic.acknowledged();
            await().until(() -> traffic.acknowledged() > healed + 1000);
            for (int i = 0; i < 100; i++) {
                assertThat(client.push("{" + i + "}", i)).succeedsWithin(Duration.ofSeconds(2));
            }
            assertThat(client.topology.masters()).doesNotContain(ClusterFixture.address(cluster.node(0)));
            traffic.stopAndCheckOrder();
        }
    }

    @Test
    void aStoppedMasterIsLeftForItsSuccessor() {
        try (ClusterSetup cluster = ClusterSetup.start(RedisServer.builder(), true);
                ClusterFixture client = ClusterFixture.of(cluster)) {
            String key = keyOn(cluster, 0);
            client.push(key, 1).join();
            cluster.node(0).pause();
            assertUnavailable(client.push(key, 2));
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(client.push(key, 3)).succeedsWithin(TIMEOUT.plusSeconds(1)));
            cluster.node(0).resume();
            assertThat(client.push(key, 4)).succeedsWithin(TIMEOUT);
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
    void aClusterWithoutQuorumIsUnavailableInTimeAndHeals() {
        try (ClusterSetup cluster = ClusterSetup.start();
                ClusterFixture client = ClusterFixture.of(cluster)) {
            String key = keyOn(cluster, 2);
            client.push(key, 1).join();
            cluster.node(0).kill();
            cluster.node(1).kill();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> String.valueOf(cluster.node(2).command("CLUSTER", "INFO"))
                            .contains("cluster_state:fail"));
            assertUnavailable(client.push(key, 2));
            cluster.node(0).restart();
            cluster.node(1).restart();
            cluster.awaitOk();
            await().untilAsserted(() -> assertThat(client.push(key, 3)).succeedsWithin(TIMEOUT));
            assertThat(client.list(key)).containsExactly(1, 3);
        }
    }

    @Test
    void serversMayCallThemselvesByNameOrNotAtAll() {
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
            assertThat(client.push(key, 0)).succeedsWithin(TIMEOUT);
            int from = cluster.ownerOf(slot);
            cluster.migrateSlot(slot, from, (from + 1) % 3);
            assertThat(client.push(key, 1)).succeedsWithin(TIMEOUT);
        }
    }

    @Test
    void callsWaitForAClusterThatStarts() {
        try (ClusterSetup cluster = ClusterSetup.start()) {
            cluster.nodes().forEach(RedisServer::kill);
            try (ClusterFixture client = ClusterFixture.of(cluster)) {
                assertUnavailable(client.push("{a}", 1));
                cluster.nodes().forEach(RedisServer::restart);
                cluster.awaitOk();
                assertThat(client.push("{a}", 2)).succeedsWithin(TIMEOUT);
            }
        }
    }

    @Test
    void closingFailsWhatWaitsAndLeavesNoThread() {
        try (ClusterSetup cluster = ClusterSetup.start()) {
            ClusterFixture client = ClusterFixture.of(cluster);
            client.push("{a}", 1).join();
            cluster.nodes().forEach(RedisServer::pause);
            CompletableFuture<Object> waiting = client.push("{a}", 2);
            client.close();
            assertThat(waiting).failsWithin(Duration.ofSeconds(1));
            assertThat(client.push("{a}", 3)).failsWithin(Duration.ofSeconds(1));
            cluster.nodes().forEach(RedisServer::resume);
            await().until(() -> Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(each -> each.getName().startsWith("webchat-redis")));
        }
    }
}
