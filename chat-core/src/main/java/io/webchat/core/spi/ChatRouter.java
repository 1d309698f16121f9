package io.webchat.core.spi;

import io.webchat.core.events.Envelope;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.queue.OfflineQueue;
import java.util.concurrent.CompletionStage;

/**
 * Publishes events to the nodes that hold the sessions of a user. A node subscribes when a user connects, and events
 * are published to the channel of the recipient. Publishing is best effort: every event that must not be lost is in the
 * {@link OfflineQueue} before, so a lost publish only costs latency.
 */
public interface ChatRouter {
    /**
     * Subscribes a listener to a user's channel. After the stage has completed, the listener gets every event that is
     * published, unless the publish is lost. Several listeners of one user each get every event.
     */
    CompletionStage<Subscription> subscribe(UserId user, RouterListener listener);

    /**
     * Publishes an event to a user's channel. Two publishes of one caller to one user arrive in their order. Publishes
     * of different nodes may arrive in any order, and an event may arrive twice after a reconnect.
     *
     * @return the number of subscriptions that the backend passed the event to; 0 means that the user is not connected
     *     to any node
     */
    CompletionStage<Integer> publish(UserId user, Envelope envelope);

    /** Whether the user's channel has a subscription. */
    CompletionStage<Boolean> isOnline(UserId user);
}
