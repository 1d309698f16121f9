package io.webchat.redis.internal.pubsub;

import io.webchat.redis.internal.client.ClientSettings;
import io.webchat.redis.internal.client.ConnectionFactory;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisDataException;

/** One master of a cluster and the connection over which its channels are heard. */
final class MasterSubscriber implements ChannelSubscriber.Owner {
    private final HostAndPort address;
    private final ClusterSubscriber link;
    private final SubscriberConnection subscriber;

    MasterSubscriber(HostAndPort address, ClientSettings settings, ConnectionFactory endpoint, ClusterSubscriber link) {
        this.address = address;
        this.link = link;
        this.subscriber = new SubscriberConnection(
                endpoint,
                PubSubMode.SHARDED,
                this,
                "webchat-redis-pubsub-" + address,
                SubscriberConnection.IDLE,
                settings.commandTimeout());
    }

    HostAndPort address() {
        return address;
    }

    CompletableFuture<Void> join(String channel) {
        return subscriber.join(channel);
    }

    /** Completes when the channel is not subscribed here, be it because the connection was given up. */
    CompletableFuture<Void> leave(String channel) {
        return subscriber.leave(channel).exceptionally(closed -> null);
    }

    @Override
    public boolean wanted(String channel) {
        return link.isAt(channel, this);
    }

    @Override
    public void message(String channel, byte[] payload) {
        if (link.isAt(channel, this)) {
            link.message(channel, payload);
        }
    }

    @Override
    public void resubscribed(String channel) {
        link.resubscribed(channel);
    }

    @Override
    public void notHere(String channel, @Nullable JedisDataException why) {
        link.notAt(channel, this, why);
    }

    void close() {
        subscriber.close();
    }
}
