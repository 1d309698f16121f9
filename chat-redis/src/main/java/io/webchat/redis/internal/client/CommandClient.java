package io.webchat.redis.internal.client;

import java.util.concurrent.CompletableFuture;

/** Sends each command to the server that holds its key. */
public interface CommandClient extends AutoCloseable {
    /**
     * Sends a command; never blocks, never throws. Commands about one slot take effect in the order in which they
     * were handed in by one caller.
     *
     * <p>Completes with the reply as jedis reads it (Long, byte[], List of these) on a connection's thread. Fails
     * with {@code ChatException}: {@code unavailable} where no answer came in time, where too much waits already, or
     * after {@link #close}; the command may have taken effect all the same, and may do so once more where a connection
     * was lost in between. {@code queue_full} where Redis has no memory left. {@code internal} for a refusal that
     * nobody expected.
     */
    CompletableFuture<Object> send(RedisCommand call);

    /** Ends the connections; what has no answer yet fails. */
    @Override
    void close();
}
