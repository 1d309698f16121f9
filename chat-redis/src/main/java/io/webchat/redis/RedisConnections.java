package io.webchat.redis;

import io.webchat.redis.internal.client.CommandClient;
import io.webchat.redis.internal.client.RedisKeys;
import io.webchat.redis.internal.pubsub.ChannelSubscriptions;
import io.webchat.redis.internal.pubsub.PubSubMode;
import io.webchat.redis.internal.pubsub.SharedChannelSubscriptions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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
    private final RedisKeys keys;
    private final ClientAssembly clients;
    private @Nullable ChannelSubscriptions channels;
    private boolean closed;

    private RedisConnections(RedisConfig config) {
        this.config = config;
        this.keys = new RedisKeys(config.keyPrefix());
        this.clients = ClientAssembly.open(config);
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
        return new RedisConnections(config);
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
                        new ServerCheck(config.kind(), clients.connectionFactory()).run();
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

    RedisKeys keys() {
        return keys;
    }

    CommandClient commands() {
        return clients.commands();
    }

    PubSubMode pubSub() {
        return clients.pubSub();
    }

    /** What is listened to; connects when it is first asked for, since not every host routes over Redis. */
    synchronized ChannelSubscriptions channels() {
        ChannelSubscriptions there = channels;
        if (there == null) {
            there = new SharedChannelSubscriptions(clients.subscriber(), config.commandTimeout());
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
        clients.commands().close();
        if (channels != null) {
            channels.close();
        }
        clients.connectionFactory().close();
    }
}
