package io.webchat.redis.internal.pubsub;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Subscribes to the channels that its owner wants. The owner decides, and the subscriber asks it when needed. When the
 * owner has changed its mind, call {@link #join} or {@link #leave}. The order of these calls does not matter: the last
 * decision of the owner wins.
 */
public interface ChannelSubscriber extends AutoCloseable {
    /** Decides which channels are wanted, and receives their messages. */
    interface Owner {
        /** Whether the channel is wanted. Called by any thread under a lock, so it must return at once. */
        boolean wanted(String channel);

        /** A message was published to a channel. Called by the one thread that reads, in the order of arrival. */
        void message(String channel, byte[] payload);

        /**
         * A channel that was lost with its connection is subscribed again. Called by the thread that reads, when Redis
         * confirms the channel.
         */
        void resubscribed(String channel);

        /**
         * The server does not serve this channel, although it is wanted. The subscriber has forgotten the channel until
         * the next {@link #join}, and its pending stages have failed with {@link ChannelNotServedException}.
         *
         * @param why the error reply (MOVED, NOPERM, …); null if the server ended the subscription because the slot
         *     moved
         */
        void notServed(String channel, @Nullable JedisDataException why);
    }

    /**
     * Subscribes if the channel is wanted. Never blocks, never throws, and has no timeout. Completes when Redis has
     * confirmed the subscription, or at once if it has already.
     *
     * <p>Fails with {@link ChannelNotServedException} if Redis refuses. Fails with {@code unavailable} if the channel
     * is not wanted any more, or after {@link #close}.
     *
     * <p>The receiver may complete the stage to stop waiting. Stages complete on the thread that reads, before it
     * delivers any message after the confirmation, or on the caller's thread.
     */
    CompletableFuture<Void> join(String channel);

    /**
     * Unsubscribes unless the channel is wanted. Never blocks and never throws. Completes when Redis has confirmed it,
     * when the connection is lost, or when the channel is wanted again. Fails with {@code unavailable} after {@link
     * #close}. The rules of {@link #join} for stages apply.
     */
    CompletableFuture<Void> leave(String channel);

    /** Closes the connection. Pending stages fail with {@code unavailable}. */
    @Override
    void close();
}
