package io.webchat.redis;

/**
 * The connections of one node to Redis, shared by the adapters that are made on them.
 */
public final class RedisConnections implements AutoCloseable {
    private final Keys keys;
    private final Commands commands;

    private RedisConnections(Keys keys, Commands commands) {
        this.keys = keys;
        this.commands = commands;
    }

    /** Opens the connections in the background. */
    public static RedisConnections open(RedisConfig config) {
        return new RedisConnections(
                new Keys(config.keyPrefix()),
                new SingleServer(config, () -> new Wire(config.server(), config.jedis())));
    }

    Keys keys() {
        return keys;
    }

    Commands commands() {
        return commands;
    }

    /** Closes the connections; what has no answer yet fails with {@code unavailable}. */
    @Override
    public void close() {
        commands.close();
    }
}
