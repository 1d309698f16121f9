package io.webchat.dynamo.internal.table;

import io.webchat.core.spi.support.Backoff;
import io.webchat.core.spi.support.Failures;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Retries requests that DynamoDB throttles, with growing pauses.
 *
 * @param deadline the {@link System#nanoTime} after which no retry begins
 */
public record ThrottleRetry(long deadline) {
    /** The pauses between attempts. */
    public static final Backoff BACKOFF = Backoff.fullJitter(Duration.ofMillis(25), Duration.ofSeconds(1));

    /** Whether the deadline has passed. */
    public boolean isOver() {
        return System.nanoTime() - deadline >= 0;
    }

    /** Sends the request until it is answered or the deadline passes. Failures other than throttling are final. */
    public <T> CompletableFuture<T> send(Supplier<CompletableFuture<T>> request) {
        return send(request, 0);
    }

    private <T> CompletableFuture<T> send(Supplier<CompletableFuture<T>> request, int before) {
        return request.get()
                .exceptionallyCompose(failure -> DynamoErrors.throttled(failure) && !isOver()
                        ? pause(before).thenCompose(waited -> send(request, before + 1))
                        : CompletableFuture.failedFuture(Failures.unwrap(failure)));
    }

    /** Repeats the request with the elements that it left over, until none is left or the deadline passes. */
    public <T> CompletableFuture<Void> sendAll(
            List<T> elements, Function<List<T>, CompletableFuture<List<T>>> request) {
        return sendAll(elements, request, 0);
    }

    private <T> CompletableFuture<Void> sendAll(
            List<T> elements, Function<List<T>, CompletableFuture<List<T>>> request, int before) {
        return send(() -> request.apply(elements)).thenCompose(left -> {
            if (left.isEmpty()) {
                return CompletableFuture.<Void>completedFuture(null);
            }
            return isOver()
                    ? CompletableFuture.<Void>failedFuture(DynamoErrors.unprocessed())
                    : pause(before).thenCompose(waited -> sendAll(left, request, before + 1));
        });
    }

    private static CompletionStage<?> pause(int before) {
        return Futures.later(BACKOFF.delay(before));
    }
}
