package io.webchat.redis.internal.pubsub;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Subscribes to the channels that its owner wants. The owner says what it wants only when it is asked; whoever changes
 * that calls {@link #join} or {@link #leave} afterwards, and whatever the order of such calls, the link ends where the
 * owner's last answer is.
 */
public interface ChannelSubscriber extends AutoCloseable {
    /** Says what is wanted, and hears what happens. */
    interface Owner {
        /** Whether this link is to subscribe to the channel. Asked by any thread, under a lock: answers at once. */
        boolean wanted(String channel);

        /** Something was published to a channel. Called by the one thread that reads, in the order of arrival. */
        void message(String channel, byte[] payload);

        /**
         * A channel that was subscribed, and lost with its connection, is subscribed again. Called by the thread that
         * reads, as Redis confirms one channel after the other.
         */
        void resubscribed(String channel);

        /**
         * The server does not serve this channel, or not any longer, although it is wanted. The link has forgotten it
         * until {@link #join} is called again, and what waited for it has failed with {@link ChannelNotServedException}.
         *
         * @param why the server's refusal (MOVED, NOPERM, …); null where the server ended the subscription on its own
         *     because the slot went elsewhere
         */
        void notHere(String channel, @Nullable JedisDataException why);
    }

    /**
     * Subscribes, if the channel is wanted; never blocks, never throws, has no time-out of its own. Completes when
     * Redis has confirmed it, at once where it has already. Fails with {@link ChannelNotServedException} where Redis refuses,
     * and with {@code unavailable} where the channel is not wanted any more before that, or after {@link #close}.
     *
     * <p>The stage may be completed by its receiver, to give up waiting. Stages complete on the thread that reads, and
     * before anything that came after the confirmation is handed out; or on the caller's thread.
     */
    CompletableFuture<Void> join(String channel);

    /**
     * Ends the subscription, unless the channel is wanted; never blocks, never throws. Completes when Redis has
     * confirmed it, when the connection is gone, or as soon as the channel is wanted again; fails with {@code
     * unavailable} after {@link #close}. Otherwise as {@link #join}.
     */
    CompletableFuture<Void> leave(String channel);

    /** Ends the connection; what waits fails with {@code unavailable}. */
    @Override
    void close();
}
