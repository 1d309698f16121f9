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
 * The connections of one node to Redis, which the adapters share. Safe for use by many threads.
 *
 * <p>After a restart, a failover or a network failure the connections recover by themselves. During an outage, a
 * command waits for at most the command timeout and then fails with {@code unavailable}. It fails at once if too many
 * commands wait. Callers are never blocked.
 *
 * <p>Stages complete on the thread of a connection. Callbacks on a stage must not block, because the commands of other
 * users wait for that thread. If a callback blocks, those commands time out, and the log shows its stack.
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
    private final ServerCheck serverCheck;
    private @Nullable ChannelSubscriptions channels;
    private boolean closed;

    private RedisConnections(RedisConfig config) {
        this.config = config;
        this.keys = new RedisKeys(config.keyPrefix());
        this.clients = ClientAssembly.open(config);
        this.serverCheck = new ServerCheck(config, clients.connectionFactory(), clients.pubSub());
    }

    /**
     * As {@link #open(RedisConfig)}, with the configuration of the URL.
     *
     * @throws IllegalArgumentException if the URL is wrong; the message names every fault and repeats no part of the
     * URL
     */
    public static RedisConnections open(String url) {
        return open(RedisConfig.of(url));
    }

    /** Opens the connections in the background. Returns at once, even if Redis is unreachable. Close the result. */
    public static RedisConnections open(RedisConfig config) {
        return new RedisConnections(config);
    }

    /**
     * Checks over a new connection whether Redis is usable. Call it when a node starts, to learn of a wrong password at
     * once, and in health checks.
     *
     * <p>The stage completes on its own thread. It succeeds if the server is of version 7.0 or later, is of the kind in
     * the URL, lets this user run each command that this module uses, on keys and channels of the prefix, and takes
     * writes now. With {@code replicas}, enough replicas must confirm a write. On a cluster, the check asks each master
     * that answers. A missing right at one master is a failure; a refused write is one if all masters refuse it.
     *
     * <p>Otherwise the stage fails with a {@code ChatException}, {@code unavailable}, whose message is one sentence
     * without secrets. The check tries once, and takes a few connect and command timeouts at most. It logs settings of
     * Redis that endanger queues, each once.
     */
    public CompletionStage<Void> check() {
        CompletableFuture<Void> result = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        serverCheck.run();
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

    /** The subscriptions. The first call connects, because not every host routes over Redis. */
    synchronized ChannelSubscriptions channels() {
        ChannelSubscriptions current = channels;
        if (current == null) {
            current = new SharedChannelSubscriptions(clients.subscriber(), config.commandTimeout());
            channels = current;
            if (closed) {
                current.close();
            }
        }
        return current;
    }

    /**
     * Closes the connections. Commands without a reply fail with {@code unavailable} before this returns. Later
     * commands fail at once. The threads end soon, at the latest after a connect timeout.
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
