package io.webchat.redis.internal.pubsub;

import io.webchat.core.spi.Subscription;
import java.util.concurrent.CompletableFuture;

/** What this node listens to, over however many connections it takes. */
public interface ChannelSubscriptions extends AutoCloseable {
    /** Hears what is published to a channel, one call at a time as long as the channel stays on its server. */
    interface Listener {
        /** Something was published; the array is this listener's own. Must not block. */
        void message(byte[] payload);

        /** The subscription was interrupted and stands again: what was published in between is lost. */
        void resubscribed();
    }

    /**
     * Listens to a channel; never blocks, never throws. Completes when Redis confirmed it: everything published from
     * then on is heard, in the order in which it came. Fails with {@code unavailable} where that takes too long, or
     * after {@link #close}; the listener is gone then.
     *
     * <p>Cancelling completes when the listener hears nothing more and, where it was the channel's last on this node,
     * Redis does not count it any more. It fails with {@code unavailable} where Redis does not say so in time; the
     * listener hears nothing more all the same.
     */
    CompletableFuture<Subscription> subscribe(String channel, Listener listener);

    /** Ends the connections; what was not confirmed yet fails. */
    @Override
    void close();
}
