package io.webchat.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.redis.internal.pubsub.RecordingListener;
import io.webchat.redis.testing.ClusterSetup;
import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.RedisServerBuilder;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.util.JedisClusterCRC16;

/** Subscriptions on a cluster survive the death of a master. */
@Tag("cluster")
@Tag("fault")
@Tag("process")
class ClusterSubscriberFaultsTest extends ClusterSubscriptionSuite {
    @Test
    void subscriptionsMoveToTheReplicaOfADeadMaster() {
        try (ClusterSetup cluster = ClusterSetup.start(RedisServer.builder(), true)) {
            RedisConnections listener = node(cluster);
            RedisConnections speaker = node(cluster);
            List<String> channels =
                    IntStream.range(0, 30).mapToObj(i -> "{dead" + i + "}").toList();
            List<RecordingListener> ears = channels.stream()
                    .map(each -> {
                        RecordingListener own = new RecordingListener();
                        listen(listener, each, own);
                        return own;
                    })
                    .toList();
            List<Boolean> concerned = channels.stream()
                    .map(each -> cluster.ownerOf(JedisClusterCRC16.getSlot(each)) == 0)
                    .toList();
            assertThat(concerned).contains(true, false);
            cluster.node(0).kill();
            for (int i = 0; i < channels.size(); i++) {
                String channel = channels.get(i);
                if (concerned.get(i)) {
                    ears.get(i).awaitResubscribed();
                }
                await().atMost(PATIENCE)
                        .ignoreExceptions()
                        .untilAsserted(() ->
                                assertThat(publish(speaker, channel, "hello")).isOne());
                ears.get(i).awaitHeard("hello");
            }
        }
    }

    @Test
    @Tag("full")
    void subscribingFailsInTimeWithoutQuorum() {
        // By default Redis serves pub/sub without a quorum.
        RedisServerBuilder strict = RedisServer.builder().config("cluster-allow-pubsubshard-when-down no");
        try (ClusterSetup cluster = ClusterSetup.start(strict, false)) {
            RedisConnections node = node(cluster);
            List<String> there = channelsOn(cluster, 2);
            RecordingListener old = new RecordingListener();
            listen(node, there.get(0), old);
            cluster.node(0).kill();
            cluster.node(1).kill();
            await().atMost(PATIENCE)
                    .until(() -> String.valueOf(cluster.node(2).command("CLUSTER", "INFO"))
                            .contains("cluster_state:fail"));
            RecordingListener other = new RecordingListener();
            assertThat(node.channels().subscribe(there.get(1), other)).failsWithin(PATIENCE);
            cluster.node(0).restart();
            cluster.node(1).restart();
            cluster.awaitOk();
            listen(node, there.get(1), other);
            for (RecordingListener each : List.of(old, other)) {
                assertThat(publish(node, there.get(each == old ? 0 : 1), "healed"))
                        .isOne();
                each.awaitHeard("healed");
            }
        }
    }

    private static List<String> channelsOn(ClusterSetup cluster, int node) {
        return IntStream.range(0, 100)
                .mapToObj(i -> "{on" + i + "}")
                .filter(tag -> cluster.ownerOf(JedisClusterCRC16.getSlot(tag)) == node)
                .limit(2)
                .toList();
    }
}
