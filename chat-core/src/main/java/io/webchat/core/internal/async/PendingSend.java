package io.webchat.core.internal.async;

import io.webchat.core.SendResult;
import java.util.concurrent.CompletableFuture;

/**
 * A send that has started.
 *
 * @param submitted completes when the last append has been submitted to its queue, and never fails; a later send then
 *     stands behind this one
 * @param answer the result for the sender
 */
public record PendingSend(CompletableFuture<Void> submitted, CompletableFuture<SendResult> answer) {
    /** A send whose appends have all been submitted. */
    public static PendingSend submitted(CompletableFuture<SendResult> answer) {
        return new PendingSend(CompletableFuture.completedFuture(null), answer);
    }
}
