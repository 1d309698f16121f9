package io.webchat.redis;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one node to Redis, shared by the adapters that are made on them. Safe for use by many threads.
 *
 * <p>They come and go by themselves: a server that is away, restarts or is replaced costs time-outs while it is away,
 * and nothing afterwards. What is asked of Redis meanwhile waits for at most the command time-out and then fails with
 * {@code unavailable}; it fails at once where more waits than the configuration allows. A caller is never blocked.
 *
 * <p>Stages complete on a connection's thread. What is attached to one must not block, or else other users' commands
 * wait; these still fail in time, and the log says where the thread hangs.
 *
 * <pre>{@code
 * RedisConnections redis = RedisConnections.open("redis://localhost:6379");
 * redis.check().toCompletableFuture().join();
 * }</pre>
 */
public final class RedisConnections implements AutoCloseable {
    private final RedisConfig config;
    private final Keys keys;
    private final Endpoint endpoint;
    private final Commands commands;
    private final PubSubMode pubSub;
    private final Function<ChannelLink.Owner, ChannelLink> link;
    private @Nullable Channels channels;
    private boolean closed;

    private RedisConnections(
            RedisConfig config,
            Endpoint endpoint,
            Commands commands,
            PubSubMode pubSub,
            Function<ChannelLink.Owner, ChannelLink> link) {
        this.config = config;
        this.keys = new Keys(config.keyPrefix());
        this.endpoint = endpoint;
        this.commands = commands;
        this.pubSub = pubSub;
        this.link = link;
    }

    /**
     * As {@link #open(RedisConfig)}, with the configuration that the URL stands for.
     *
     * @throws IllegalArgumentException naming every fault of the URL, without repeating any part of it
     */
    public static RedisConnections open(String url) {
        return open(RedisConfig.of(url));
    }

    /** Opens the connections in the background; returns at once, whether Redis is there or not. Close them. */
    public static RedisConnections open(RedisConfig config) {
        return switch (config.kind()) {
            case SERVER ->
                onOneServer(config, () -> config.connect(config.servers().get(0)));
            case SENTINEL -> onOneServer(config, new SentinelEndpoint(config));
            case CLUSTER -> onCluster(config);
        };
    }

    private static RedisConnections onOneServer(RedisConfig config, Endpoint endpoint) {
        Duration timeout = config.commandTimeout();
        return new RedisConnections(
                config,
                endpoint,
                new SingleServer(config, endpoint),
                PubSubMode.PLAIN,
                owner -> new Subscriber(
                        endpoint, PubSubMode.PLAIN, owner, "webchat-redis-pubsub", Subscriber.IDLE, timeout));
    }

    private static RedisConnections onCluster(RedisConfig config) {
        Topology topology = new Topology(config);
        Commands commands = new ClusterCommands(config, topology);
        topology.start();
        return new RedisConnections(
                config, topology, commands, PubSubMode.SHARDED, owner -> new ClusterLink(config, topology, owner));
    }

    /**
     * Finds out whether Redis can be used, over a connection made for that. Made for the start of a node, where a
     * wrong password should be told at once, and for health checks.
     *
     * <p>Completes on a thread of its own, when a server answered that is of version 7.0 or later, is what the URL says
     * it is, and lets this user load scripts. Fails with a {@code ChatException}, {@code unavailable}, whose sentence
     * tells what is wrong and holds no secret; it tries once, and takes a few connect and command time-outs at most.
     * Settings that endanger queues are logged.
     */
    public CompletionStage<Void> check() {
        CompletableFuture<Void> result = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        new Check(config.kind(), endpoint).run();
                        result.complete(null);
                    } catch (RuntimeException | Error e) {
                        result.completeExceptionally(e);
                    }
                },
                "webchat-redis-check");
        thread.setDaemon(true);
        thread.start();
        return result;
    }

    RedisConfig config() {
        return config;
    }

    Keys keys() {
        return keys;
    }

    /** Leads to the one server; on a cluster to any of its nodes. */
    Endpoint endpoint() {
        return endpoint;
    }

    Commands commands() {
        return commands;
    }

    PubSubMode pubSub() {
        return pubSub;
    }

    /** What is listened to; connects when it is first asked for, since not every host routes over Redis. */
    synchronized Channels channels() {
        Channels there = channels;
        if (there == null) {
            there = new NodeChannels(link, config.commandTimeout());
            channels = there;
            if (closed) {
                there.close();
            }
        }
        return there;
    }

    /**
     * Closes the connections. What has no answer yet fails with {@code unavailable} before this returns; what is asked
     * later fails at once. The threads end as soon as they notice, at the latest after a connect time-out.
     */
    @Override
    public synchronized void close() {
        closed = true;
        commands.close();
        if (channels != null) {
            channels.close();
        }
        endpoint.close();
    }
}
