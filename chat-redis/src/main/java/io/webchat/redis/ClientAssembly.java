package io.webchat.redis;

import io.webchat.redis.internal.check.AbilityProbe;
import io.webchat.redis.internal.client.ClientSettings;
import io.webchat.redis.internal.client.CommandClient;
import io.webchat.redis.internal.client.ConnectionFactory;
import io.webchat.redis.internal.client.LuaScript;
import io.webchat.redis.internal.client.OutageLog;
import io.webchat.redis.internal.client.SingleServerClient;
import io.webchat.redis.internal.client.cluster.ClusterClient;
import io.webchat.redis.internal.client.cluster.ClusterTopology;
import io.webchat.redis.internal.client.sentinel.SentinelConnectionFactory;
import io.webchat.redis.internal.profiles.ProfileScripts;
import io.webchat.redis.internal.pubsub.ChannelSubscriber;
import io.webchat.redis.internal.pubsub.ClusterSubscriber;
import io.webchat.redis.internal.pubsub.PubSubMode;
import io.webchat.redis.internal.pubsub.SubscriberConnection;
import io.webchat.redis.internal.queue.QueueScripts;
import io.webchat.redis.internal.rooms.RoomScripts;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The clients of Redis that one configuration needs.
 *
 * @param connectionFactory connects to the one server, or to any node of the cluster
 * @param commands sends commands
 * @param pubSub the kind of pub/sub
 * @param subscriber makes a subscriber for its owner
 */
record ClientAssembly(
        ConnectionFactory connectionFactory,
        CommandClient commands,
        PubSubMode pubSub,
        Function<ChannelSubscriber.Owner, ChannelSubscriber> subscriber) {
    /** The Lua scripts that each connection loads. */
    static final List<LuaScript> SCRIPTS = Stream.of(
                    QueueScripts.ALL, ProfileScripts.ALL, RoomScripts.ALL, List.of(AbilityProbe.SCRIPT))
            .flatMap(List::stream)
            .toList();

    static ClientAssembly open(RedisConfig config) {
        ClientSettings settings = settings(config);
        return switch (config.kind()) {
            case SERVER ->
                onOneServer(settings, () -> settings.connect(settings.servers().get(0)));
            case SENTINEL -> onOneServer(settings, new SentinelConnectionFactory(settings));
            case CLUSTER -> onCluster(settings);
        };
    }

    static ClientSettings settings(RedisConfig config) {
        return new ClientSettings(
                config.servers(),
                config.masterName(),
                config.jedis(),
                config.sentinelJedis(),
                config.commandTimeout(),
                config.connections(),
                config.maxWaiting(),
                config.maxWaitingBytes(),
                config.replicas(),
                SCRIPTS);
    }

    private static ClientAssembly onOneServer(ClientSettings settings, ConnectionFactory connectionFactory) {
        OutageLog outages = new OutageLog();
        return new ClientAssembly(
                connectionFactory,
                new SingleServerClient(settings, connectionFactory, outages),
                PubSubMode.PLAIN,
                owner -> new SubscriberConnection(
                        connectionFactory,
                        PubSubMode.PLAIN,
                        owner,
                        outages,
                        "webchat-redis-pubsub",
                        SubscriberConnection.IDLE,
                        settings.commandTimeout()));
    }

    private static ClientAssembly onCluster(ClientSettings settings) {
        ClusterTopology topology = new ClusterTopology(settings);
        CommandClient commands = new ClusterClient(settings, topology);
        topology.start();
        return new ClientAssembly(
                topology, commands, PubSubMode.SHARDED, owner -> new ClusterSubscriber(settings, topology, owner));
    }
}
