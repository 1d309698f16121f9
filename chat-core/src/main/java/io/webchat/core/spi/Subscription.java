package io.webchat.core.spi;

import java.util.concurrent.CompletionStage;

/** A subscription to a user's channel. */
@FunctionalInterface
public interface Subscription {
    /**
     * Cancels the subscription. After the stage has completed, the listener gets no new events. Repeating it has no
     * effect.
     */
    CompletionStage<Void> cancel();
}
