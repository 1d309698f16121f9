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
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.util.JedisClusterCRC16;

/** A replica takes over from a master that died or does not answer, and calls succeed again. */
@Tag("cluster")
@Tag("fault")
class ClusterFailoverTest {
    /** Generous, for a busy machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** How long a call may take while a server is down. */
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    @BeforeAll
    static void assume() {
        RedisServers.assumeOwnServers();
    }

    private static List<List<String>> keys() {
        return IntStream.range(0, 3)
                .mapToObj(thread -> IntStream.range(0, 10)
                        .mapToObj(key -> "{" + thread + "-" + key + "}")
                        .toList())
                .toList();
    }

    @Test
    @Tag("process")
    void aReplicaReplacesADeadMaster() {
        try (ClusterSetup cluster = ClusterSetup.start(RedisServer.builder(), true);
                ClusterFixture client = ClusterFixture.of(cluster);
                ClusterPushTraffic traffic = new ClusterPushTraffic(client, 1, keys())) {
            String key = keyOn(cluster, 0);
            await().until(() -> traffic.acknowledged() > 500);
            cluster.node(0).kill();
            await().untilAsserted(() -> assertThat(client.push(key, 1)).succeedsWithin(PATIENCE));
            int healed = traffic.acknowledged();
            await().until(() -> traffic.acknowledged() > healed + 500);
            for (int i = 0; i < 100; i++) {
                assertThat(client.push("{" + i + "}", i)).succeedsWithin(PATIENCE);
            }
            assertThat(client.topology.masters()).doesNotContain(ClusterFixture.address(cluster.node(0)));
            traffic.stopAndCheckOrder();
        }
    }

    @Test
    @Tag("full")
    void aReplicaReplacesAMasterThatDoesNotAnswer() {
        try (ClusterSetup cluster = ClusterSetup.start(RedisServer.builder(), true);
                ClusterFixture client = ClusterFixture.of(cluster, TIMEOUT)) {
            String key = keyOn(cluster, 0);
            client.push(key, 1).join();
            cluster.node(0).pause();
            assertThat(client.push(key, 2))
                    .failsWithin(PATIENCE)
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOfSatisfying(
                            ChatException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
            await().untilAsserted(() -> assertThat(client.push(key, 3)).succeedsWithin(PATIENCE));
            cluster.node(0).resume();
            assertThat(client.push(key, 4)).succeedsWithin(PATIENCE);
        }
    }

    private static String keyOn(ClusterSetup cluster, int node) {
        return IntStream.range(0, 1000)
                .mapToObj(i -> "{on" + i + "}")
                .filter(tag -> cluster.ownerOf(JedisClusterCRC16.getSlot(tag)) == node)
                .findFirst()
                .orElseThrow();
    }
}
