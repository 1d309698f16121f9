package io.webchat.dynamo;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** Asks DynamoDB again, after a while, when it is too busy; until a time of {@link System#nanoTime}. */
record Busy(long until) {
    boolean over() {
        return System.nanoTime() - until >= 0;
    }

    /** The answer to this request, however often it takes; other failures than throttling are final. */
    <T> CompletableFuture<T> ask(Supplier<CompletableFuture<T>> request) {
        return ask(request, 0);
    }

    private <T> CompletableFuture<T> ask(Supplier<CompletableFuture<T>> request, int before) {
        return request.get()
                .exceptionallyCompose(failure -> Faults.throttled(failure) && !over()
                        ? pause(before).thenCompose(waited -> ask(request, before + 1))
                        : CompletableFuture.failedFuture(Faults.cause(failure)));
    }

    /** Does all of this, some of it at a time: the work answers with what it left. */
    <T> CompletableFuture<Void> all(List<T> todo, Function<List<T>, CompletableFuture<List<T>>> work) {
        return all(todo, work, 0);
    }

    private <T> CompletableFuture<Void> all(
            List<T> todo, Function<List<T>, CompletableFuture<List<T>>> work, int before) {
        return ask(() -> work.apply(todo)).thenCompose(left -> {
            if (left.isEmpty()) {
                return CompletableFuture.<Void>completedFuture(null);
            }
            return over()
                    ? CompletableFuture.<Void>failedFuture(Faults.unavailable("DynamoDB is busy"))
                    : pause(before).thenCompose(waited -> all(left, work, before + 1));
        });
    }

    static CompletionStage<?> pause(int before) {
        return Stages.later(Backoff.delay(before));
    }
}
