package io.webchat.redis.internal.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webchat.redis.SharedCluster;
import io.webchat.redis.internal.client.OutageLog;
import io.webchat.redis.testing.ClusterSetup;
import io.webchat.redis.testing.RedisServer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisMovedDataException;
import redis.clients.jedis.util.JedisClusterCRC16;

/** A subscriber of one master hears the channels of its slots, and gives up channels of other slots. */
@Tag("cluster")
final class ShardedSubscriberConnectionTest {
    /** Wants all channels, and remembers each message and each channel that is not served here. */
    private static final class Owner implements ChannelSubscriber.Owner {
        private final Map<String, String> heard = new ConcurrentHashMap<>();
        private final Map<String, Boolean> gone = new ConcurrentHashMap<>();

        @Override
        public boolean wanted(String channel) {
            return true;
        }

        @Override
        public void message(String channel, byte[] payload) {
            heard.put(channel, new String(payload, StandardCharsets.UTF_8));
        }

        @Override
        public void resubscribed(String channel) {
            throw new AssertionError("the connection was lost");
        }

        @Override
        public void notServed(String channel, @Nullable JedisDataException why) {
            gone.put(channel, why != null);
        }
    }

    private static int slot(String channel) {
        return JedisClusterCRC16.getSlot(channel.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> channels(ClusterSetup cluster, int node, boolean its) {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> "sharded:{" + i + "}")
                .filter(each -> (cluster.ownerOf(slot(each)) == node) == its)
                .limit(30)
                .toList();
    }

    @Test
    void a_channel_is_heard_at_the_owner_of_its_slot_only() {
        SharedCluster.assume();
        Owner owner = new Owner();
        ClusterSetup cluster = SharedCluster.get();
        try (SubscriberConnection subscriber = new SubscriberConnection(
                TestSubscriptions.endpoint(cluster.node(0).port(), null),
                PubSubMode.SHARDED,
                owner,
                new OutageLog(),
                "webchat-redis-test",
                TestSubscriptions.IDLE,
                TestSubscriptions.TIMEOUT)) {
            List<String> own = channels(cluster, 0, true);
            List<String> foreign = channels(cluster, 0, false);
            own.stream().map(subscriber::join).toList().forEach(TestSubscriptions::answer);
            foreign.stream()
                    .map(subscriber::join)
                    .toList()
                    .forEach(each -> assertThatThrownBy(() -> TestSubscriptions.answer(each))
                            .hasRootCauseInstanceOf(JedisMovedDataException.class));
            Awaitility.await().until(() -> owner.gone.size() == foreign.size());
            assertThat(owner.gone).containsOnlyKeys(foreign).doesNotContainValue(false);

            own.forEach(each -> publish(cluster.node(0), each));
            Awaitility.await().until(() -> owner.heard.size() == own.size());

            String moving = own.get(0);
            cluster.migrateSlot(slot(moving), 0, 1);
            Awaitility.await().untilAsserted(() -> assertThat(owner.gone).containsEntry(moving, false));
            assertThatThrownBy(() -> TestSubscriptions.answer(subscriber.join(moving)))
                    .hasRootCauseInstanceOf(JedisMovedDataException.class);
            cluster.migrateSlot(slot(moving), 1, 0);
            TestSubscriptions.answer(subscriber.join(moving));
            owner.heard.clear();
            publish(cluster.node(0), moving);
            Awaitility.await().until(() -> owner.heard.containsKey(moving));
        }
    }

    private static void publish(RedisServer server, String channel) {
        assertThat(server.command("SPUBLISH", channel, "hello")).isEqualTo(1L);
    }
}
