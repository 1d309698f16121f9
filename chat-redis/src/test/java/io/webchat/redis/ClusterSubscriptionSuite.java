package io.webchat.redis;

import io.webchat.core.spi.Subscription;
import io.webchat.redis.internal.client.RedisCommand;
import io.webchat.redis.internal.client.cluster.ClusterFixture;
import io.webchat.redis.internal.pubsub.ChannelSubscriptions;
import io.webchat.redis.testing.ClusterSetup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** The nodes of tests of subscriptions on a cluster. */
abstract class ClusterSubscriptionSuite {
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<RedisConnections> opened = new ArrayList<>();

    @BeforeAll
    static void assume() {
        SharedCluster.assume();
    }

    @AfterEach
    final void close() {
        opened.forEach(RedisConnections::close);
    }

    final RedisConnections node(ClusterSetup cluster) {
        RedisConnections node = RedisConnections.open(cluster.url());
        opened.add(node);
        return node;
    }

    static Subscription listen(RedisConnections node, String channel, ChannelSubscriptions.Listener listener) {
        return node.channels().subscribe(channel, listener).join();
    }

    /** Publishes a text and returns the number of listeners. */
    static long publish(RedisConnections node, String channel, String text) {
        RedisCommand call = node.pubSub().publish(ClusterFixture.bytes(channel), ClusterFixture.bytes(text));
        return (Long) node.commands().send(call).join();
    }
}
