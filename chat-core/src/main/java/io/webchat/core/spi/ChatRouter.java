package io.webchat.core.spi;

import io.webchat.core.Envelope;
import io.webchat.core.UserId;
import java.util.concurrent.CompletionStage;

/**
 * Reaches the nodes that hold a user's sessions: SUBSCRIBE when a user connects, PUBLISH to the receiver's
 * own channel. Publishing is best effort. What must not be lost is in the {@link OfflineQueue} first; a
 * lost publish costs latency only.
 */
public interface ChatRouter {
    /**
     * Listens on a user's channel. Everything published after the stage completed reaches the listener, as
     * far as anything published is reached at all; several subscriptions of one user each get everything.
     */
    CompletionStage<Subscription> subscribe(UserId user, RouterListener listener);

    /**
     * Publishes to a user's channel. Two publishes of one caller to one user arrive in their order; those
     * of different nodes may cross, and a duplicate is possible after a reconnect.
     *
     * @return how many subscriptions the backend handed it to: 0 says that the user is connected nowhere
     */
    CompletionStage<Integer> publish(UserId user, Envelope envelope);

    /** Whether anyone is subscribed to the user's channel. */
    CompletionStage<Boolean> isOnline(UserId user);
}
