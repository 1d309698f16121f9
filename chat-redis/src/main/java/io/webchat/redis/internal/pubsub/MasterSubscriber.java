package io.webchat.redis.internal.pubsub;

import io.webchat.redis.internal.client.ClientSettings;
import io.webchat.redis.internal.client.cluster.ClusterTopology;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisDataException;

/** The subscriptions at one master of a cluster, over a connection of their own. */
final class MasterSubscriber implements ChannelSubscriber.Owner {
    private final HostAndPort address;
    private final ClusterSubscriber cluster;
    private final SubscriberConnection connection;

    MasterSubscriber(
            HostAndPort address, ClientSettings settings, ClusterTopology topology, ClusterSubscriber cluster) {
        this.address = address;
        this.cluster = cluster;
        this.connection = new SubscriberConnection(
                () -> topology.connect(address),
                PubSubMode.SHARDED,
                this,
                topology.outages(address),
                "webchat-redis-pubsub-" + address,
                SubscriberConnection.IDLE,
                settings.commandTimeout());
    }

    HostAndPort address() {
        return address;
    }

    CompletableFuture<Void> join(String channel) {
        return connection.join(channel);
    }

    /** Completes when the channel is not subscribed here, even if the reason is a closed connection. */
    CompletableFuture<Void> leave(String channel) {
        return connection.leave(channel).exceptionally(closed -> null);
    }

    @Override
    public boolean wanted(String channel) {
        return cluster.isAt(channel, this);
    }

    @Override
    public void message(String channel, byte[] payload) {
        if (cluster.isAt(channel, this)) {
            cluster.message(channel, payload);
        }
    }

    @Override
    public void resubscribed(String channel) {
        cluster.resubscribed(channel);
    }

    @Override
    public void notServed(String channel, @Nullable JedisDataException why) {
        cluster.notServedBy(channel, this, why);
    }

    void close() {
        connection.close();
    }
}
