package io.webchat.redis.internal.client;

/** Makes connections to one server. Behind Sentinel or on a cluster, that server may change over time. */
public interface ConnectionFactory extends AutoCloseable {
    /**
     * Connects to the server and logs in. Blocks: each step (connect, log in) and each server that is asked may take
     * the connect timeout.
     *
     * @throws redis.clients.jedis.exceptions.JedisException if there is no connection
     */
    ServerConnection connect();

    /** Stops the search for changes, if there is one. The connections stay open. */
    @Override
    default void close() {}
}
