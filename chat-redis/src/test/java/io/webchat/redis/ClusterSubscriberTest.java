package io.webchat.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.spi.Subscription;
import io.webchat.redis.internal.client.ClusterFixture;
import io.webchat.redis.internal.client.RedisCommand;
import io.webchat.redis.internal.pubsub.ChannelSubscriptions;
import io.webchat.redis.internal.pubsub.RecordingListener;
import io.webchat.redis.testing.ClusterSetup;
import io.webchat.redis.testing.MigrationStep;
import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.RedisServerBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.util.JedisClusterCRC16;

/** Channels follow their slots. */
class ClusterSubscriberTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<RedisConnections> opened = new ArrayList<>();

    @BeforeAll
    static void assume() {
        SharedCluster.assume();
    }

    @AfterEach
    void close() {
        opened.forEach(RedisConnections::close);
    }

    private RedisConnections node(ClusterSetup cluster) {
        RedisConnections node = RedisConnections.open(cluster.url());
        opened.add(node);
        return node;
    }

    private static Subscription listen(RedisConnections node, String channel, ChannelSubscriptions.Listener listener) {
        return node.channels().subscribe(channel, listener).join();
    }

    /** Publishes; how many heard it. */
    private static long publish(RedisConnections node, String channel, String text) {
        RedisCommand call = node.pubSub().publish(ClusterFixture.bytes(channel), ClusterFixture.bytes(text));
        return (Long) node.commands().send(call).join();
    }

    private static void migrate(ClusterSetup cluster, String channel) {
        int slot = JedisClusterCRC16.getSlot(channel);
        int from = cluster.ownerOf(slot);
        cluster.migrateSlot(slot, from, (from + 1) % 3);
    }

    @Test
    void aChannelFollowsItsSlotAndItsListenersHearOfIt() {
        ClusterSetup cluster = SharedCluster.get();
        RedisConnections listener = node(cluster);
        RedisConnections speaker = node(cluster);
        for (int i = 0; i < 5; i++) {
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
    void publishingGoesOnUntilTheSlotHasMoved() {
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
    void aNodeThatKnowsOnlyWhereTheSlotWasSubscribesWhereItIs() {
        ClusterSetup cluster = SharedCluster.get();
        RedisConnections node = node(cluster);
        listen(node, "{first}", new RecordingListener());
        migrate(cluster, "{later}");
        RecordingListener ears = new RecordingListener();
        listen(node, "{later}", ears);
        assertThat(publish(node(cluster), "{later}", "hello")).isOne();
        ears.awaitHeard("hello");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void subscriptionsEndRightWhileSlotsMove(long seed) {
        ClusterSetup cluster = SharedCluster.get();
        Random random = new Random(seed);
        RedisConnections node = node(cluster);
        List<String> channels = IntStream.range(0, 60)
                .mapToObj(i -> "{storm" + seed + "-" + i % 12 + "}" + i)
                .toList();
        RecordingListener[] ears = new RecordingListener[channels.size()];
        Subscription[] held = new Subscription[channels.size()];
        for (int round = 0; round < 300; round++) {
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
    void channelsOfADeadMasterAreHeardOnItsSuccessor() {
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
    void withoutQuorumASubscriptionIsUnavailableInTimeAndHeals() {
        // By default Redis goes on with pub/sub then.
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
            assertThat(node.channels().subscribe(there.get(1), other))
                    .failsWithin(node.config().commandTimeout().plusSeconds(1));
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

    @Test
    void closingLeavesNoThread() {
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
