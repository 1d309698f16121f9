package io.webchat.redis;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisDataException;

/** One master of a cluster and the connection over which its channels are heard. */
final class Site implements ChannelLink.Owner {
    private final HostAndPort address;
    private final ClusterLink link;
    private final Subscriber subscriber;

    Site(HostAndPort address, RedisConfig config, Endpoint endpoint, ClusterLink link) {
        this.address = address;
        this.link = link;
        this.subscriber = new Subscriber(
                endpoint,
                PubSubMode.SHARDED,
                this,
                "webchat-redis-pubsub-" + address,
                Subscriber.IDLE,
                config.commandTimeout());
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
