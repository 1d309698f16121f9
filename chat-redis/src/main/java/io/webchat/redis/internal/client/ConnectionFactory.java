package io.webchat.redis.internal.client;

/** Where to connect to, as far as that is known at this moment. */
public interface ConnectionFactory extends AutoCloseable {
    /**
     * A new connection to the server, logged in. Blocks: for the connect time-out at each step (connect, log in) and
     * each server that has to be asked.
     *
     * @throws redis.clients.jedis.exceptions.JedisException when there is none to be had
     */
    ServerConnection connect();

    /** Stops looking for changes, where it does. Connections that it made stay. */
    @Override
    default void close() {}
}
