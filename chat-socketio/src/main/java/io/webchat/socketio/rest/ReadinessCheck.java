package io.webchat.socketio.rest;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the host whether it is ready, at most once a second. Requests need no token, so their number must not become
 * load on the backends.
 */
final class ReadinessCheck {
    private static final Logger LOG = LoggerFactory.getLogger(ReadinessCheck.class);
    private static final long TIMEOUT_SECONDS = 5;
    private static final long FRESH_NANOS = 1_000_000_000L;

    private final Supplier<? extends CompletionStage<Boolean>> check;
    private final LongSupplier nanoTime;
    private CompletableFuture<Boolean> latest = CompletableFuture.completedFuture(false);
    private long staleAt;

    ReadinessCheck(Supplier<? extends CompletionStage<Boolean>> check, LongSupplier nanoTime) {
        this.check = check;
        this.nanoTime = nanoTime;
        this.staleAt = nanoTime.getAsLong();
    }

    /**
     * Returns the result of the check under way or of the last second; else starts a new check. The stage never fails.
     */
    synchronized CompletionStage<Boolean> ask() {
        long now = nanoTime.getAsLong();
        if (latest.isDone() && now - staleAt >= 0) {
            latest = CompletableFuture.completedStage(check)
                    .thenCompose(Supplier::get)
                    .thenApply(Function.identity())
                    .toCompletableFuture()
                    .orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                    .exceptionally(failure -> {
                        LOG.warn("The host's readiness check failed; answering that this node is not ready", failure);
                        return false;
                    });
            staleAt = now + FRESH_NANOS;
        }
        return latest;
    }
}
