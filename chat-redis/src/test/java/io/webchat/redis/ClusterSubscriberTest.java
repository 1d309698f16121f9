package io.webchat.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.spi.Subscription;
import io.webchat.redis.internal.pubsub.RecordingListener;
import io.webchat.redis.testing.ClusterSetup;
import io.webchat.redis.testing.MigrationStep;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.util.JedisClusterCRC16;

/** Subscriptions follow the slots of their channels. */
@Tag("cluster")
class ClusterSubscriberTest extends ClusterSubscriptionSuite {
    private static void migrate(ClusterSetup cluster, String channel) {
        int slot = JedisClusterCRC16.getSlot(channel);
        int from = cluster.ownerOf(slot);
        cluster.migrateSlot(slot, from, (from + 1) % 3);
    }

    @Test
    void aSubscriptionFollowsItsSlot() {
        ClusterSetup cluster = SharedCluster.get();
        RedisConnections listener = node(cluster);
        RedisConnections speaker = node(cluster);
        for (int i = 0; i < 3; i++) {
            String channel = "{follows" + i + "}";
            RecordingListener ears = new RecordingListener();
            listen(listener, channel, ears);
            assertThat(publish(speaker, channel, "before")).isOne();
            migrate(cluster, channel);
            ears.awaitResubscribed();
            assertThat(publish(speaker, channel, "after")).isOne();
            ears.awaitHeard("after");
            assertThat(ears.heard()).containsExactly("before", "after");
        }
    }

    @Test
    void publishingWorksWhileTheSlotMoves() {
        ClusterSetup cluster = SharedCluster.get();
        RedisConnections node = node(cluster);
        String channel = "{half-way}";
        RecordingListener ears = new RecordingListener();
        listen(node, channel, ears);
        int slot = JedisClusterCRC16.getSlot(channel);
        int from = cluster.ownerOf(slot);
        cluster.migrateSlot(slot, from, (from + 1) % 3, step -> {
            if (step != MigrationStep.ASSIGNED) {
                assertThat(publish(node, channel, step.name())).as(step.name()).isOne();
                ears.awaitHeard(step.name());
            }
        });
        ears.awaitResubscribed();
    }

    @Test
    void aNodeWithAnOutdatedTopologySubscribesAtTheNewOwner() {
        ClusterSetup cluster = SharedCluster.get();
        RedisConnections node = node(cluster);
        listen(node, "{first}", new RecordingListener());
        migrate(cluster, "{later}");
        RecordingListener ears = new RecordingListener();
        listen(node, "{later}", ears);
        assertThat(publish(node(cluster), "{later}", "hello")).isOne();
        ears.awaitHeard("hello");
    }

    @Test
    void subscriptionsEndAsWantedAfterSlotsMoved() {
        changeSubscriptionsWhileSlotsMove(1, 60);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    @Tag("model")
    @Tag("full")
    void subscriptionsEndAsWantedAfterManySlotsMoved(long seed) {
        changeSubscriptionsWhileSlotsMove(seed, 300);
    }

    private void changeSubscriptionsWhileSlotsMove(long seed, int rounds) {
        ClusterSetup cluster = SharedCluster.get();
        Random random = new Random(seed);
        RedisConnections node = node(cluster);
        List<String> channels = IntStream.range(0, 60)
                .mapToObj(i -> "{storm" + seed + "-" + rounds + "-" + i % 12 + "}" + i)
                .toList();
        RecordingListener[] ears = new RecordingListener[channels.size()];
        Subscription[] held = new Subscription[channels.size()];
        for (int round = 0; round < rounds; round++) {
            int i = random.nextInt(held.length);
            if (held[i] == null) {
                ears[i] = new RecordingListener();
                held[i] = listen(node, channels.get(i), ears[i]);
            } else {
                held[i].cancel().toCompletableFuture().join();
                held[i] = null;
            }
            if (round % 15 == 0) {
                migrate(cluster, channels.get(random.nextInt(12)));
            }
        }
        RedisConnections speaker = node(cluster);
        for (int i = 0; i < held.length; i++) {
            int index = i;
            long wanted = held[i] == null ? 0 : 1;
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(publish(speaker, channels.get(index), "end"))
                            .isEqualTo(wanted));
            if (wanted == 1) {
                ears[i].awaitHeard("end");
            }
        }
    }

    @Test
    void closingEndsAllThreads() {
        ClusterSetup cluster = SharedCluster.get();
        RedisConnections node = node(cluster);
        for (int i = 0; i < 10; i++) {
            listen(node, "{close" + i + "}", new RecordingListener());
        }
        node.close();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .extracting(Thread::getName)
                        .noneMatch(name ->
                                name.startsWith("webchat-redis-pubsub-") || name.equals("webchat-redis-topology")));
    }
}
