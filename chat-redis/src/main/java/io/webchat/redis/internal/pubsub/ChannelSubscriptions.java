package io.webchat.redis.internal.pubsub;

import io.webchat.core.spi.Subscription;
import java.util.concurrent.CompletableFuture;

/** The subscriptions of this node, over one or more connections. */
public interface ChannelSubscriptions extends AutoCloseable {
    /** Receives the messages of a channel, one call at a time while the channel stays on its server. */
    interface Listener {
        /** A message was published. The listener owns the array. Must not block. */
        void message(byte[] payload);

        /** The subscription was interrupted and is active again. Messages in between are lost. */
        void resubscribed();
    }

    /**
     * Subscribes a listener to a channel. Never blocks and never throws. Completes when Redis has confirmed it. The
     * listener receives all later messages in the order of arrival. Fails with {@code unavailable} after a timeout or
     * after {@link #close}; then the listener is removed.
     *
     * <p>{@link Subscription#cancel} completes when the listener receives no more messages. If it was the channel's
     * last listener on this node, Redis does not count this node as a subscriber any more. If Redis does not confirm
     * in time, cancelling fails with {@code unavailable}, but the listener still receives no more messages.
     */
    CompletableFuture<Subscription> subscribe(String channel, Listener listener);

    /** Closes the connections. Pending subscriptions fail. */
    @Override
    void close();
}
