package io.webchat.redis;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one node to Redis, shared by the adapters that are made on them.
 */
public final class RedisConnections implements AutoCloseable {
    private final Keys keys;
    private final Commands commands;
    private final Supplier<Channels> listen;
    private @Nullable Channels channels;
    private boolean closed;

    private RedisConnections(Keys keys, Commands commands, Supplier<Channels> listen) {
        this.keys = keys;
        this.commands = commands;
        this.listen = listen;
    }

    /** Opens the connections in the background. */
    public static RedisConnections open(RedisConfig config) {
        Endpoint endpoint = () -> new Wire(config.server(), config.jedis());
        return new RedisConnections(
                new Keys(config.keyPrefix()),
                new SingleServer(config, endpoint),
                () -> channels(endpoint, config.commandTimeout()));
    }

    private static Channels channels(Endpoint endpoint, Duration timeout) {
        return new NodeChannels(
                owner -> new Subscriber(
                        endpoint, PubSubMode.PLAIN, owner, "webchat-redis-pubsub", Subscriber.IDLE, timeout),
                timeout);
    }

    Keys keys() {
        return keys;
    }

    Commands commands() {
        return commands;
    }

    PubSubMode pubSub() {
        return PubSubMode.PLAIN;
    }

    /** What is listened to; connects when it is first asked for, since not every host routes over Redis. */
    synchronized Channels channels() {
        Channels there = channels;
        if (there == null) {
            there = listen.get();
            channels = there;
            if (closed) {
                there.close();
            }
        }
        return there;
    }

    /** Closes the connections; what has no answer yet fails with {@code unavailable}. */
    @Override
    public synchronized void close() {
        closed = true;
        commands.close();
        if (channels != null) {
            channels.close();
        }
    }
}
