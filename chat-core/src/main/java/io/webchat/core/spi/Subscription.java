package io.webchat.core.spi;

import java.util.concurrent.CompletionStage;

/** A listener on a user's channel. */
@FunctionalInterface
public interface Subscription {
    /** Ends it. Once the stage completes the listener hears nothing new. Repeating it does nothing. */
    CompletionStage<Void> cancel();
}
