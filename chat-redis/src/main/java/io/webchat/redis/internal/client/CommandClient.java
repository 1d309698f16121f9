package io.webchat.redis.internal.client;

import java.util.concurrent.CompletableFuture;

/** Sends each command to the server that holds its key. */
public interface CommandClient extends AutoCloseable {
    /**
     * Sends a command. Never blocks and never throws. Commands of one caller about one slot take effect in the order of
     * the calls.
     *
     * <p>The future completes on the thread of a connection, with the reply as jedis reads it: Long, byte[], or a List
     * of these. It fails with a {@code ChatException}:
     *
     * <ul>
     *   <li>{@code unavailable}: there was no reply in time, too many commands wait, or the client is closed. The
     *       command may have taken effect. If a connection was lost, it may have taken effect twice.
     *   <li>{@code queue_full}: Redis has no memory left.
     *   <li>{@code internal}: Redis refused for an unexpected reason.
     * </ul>
     */
    CompletableFuture<Object> send(RedisCommand command);

    /** Closes the connections. Commands without a reply fail. */
    @Override
    void close();
}
