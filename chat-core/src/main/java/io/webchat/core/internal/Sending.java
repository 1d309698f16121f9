package io.webchat.core.internal;

import io.webchat.core.SendResult;
import java.util.concurrent.CompletableFuture;

/**
 * A send under way.
 *
 * @param submitted completes, never with a failure, when its last append has been handed to the queue: what is sent
 *     after that stands behind it
 * @param answer what the sender is told
 */
record Sending(CompletableFuture<Void> submitted, CompletableFuture<SendResult> answer) {
    /** One all of whose appends have been handed to the queue. */
    static Sending submitted(CompletableFuture<SendResult> answer) {
        return new Sending(CompletableFuture.completedFuture(null), answer);
    }
}
