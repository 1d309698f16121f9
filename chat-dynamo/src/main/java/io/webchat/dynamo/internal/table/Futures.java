package io.webchat.dynamo.internal.table;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Combines and delays futures. */
public final class Futures {
    private static final Executor SAME_THREAD = Runnable::run;

    private Futures() {}

    /** Completes when all have completed; fails if one failed. */
    public static CompletableFuture<Void> all(Collection<? extends CompletionStage<?>> stages) {
        return CompletableFuture.allOf(
                stages.stream().map(CompletionStage::toCompletableFuture).toArray(CompletableFuture<?>[]::new));
    }

    /** The results of all, in their order. */
    public static <T> CompletableFuture<List<T>> list(Collection<? extends CompletableFuture<T>> stages) {
        return all(stages)
                .thenApply(
                        done -> stages.stream().<T>map(CompletableFuture::join).toList());
    }

    /** The elements of all resulting lists, in their order. */
    public static <T> CompletableFuture<List<T>> flat(Collection<? extends CompletableFuture<List<T>>> stages) {
        return all(stages)
                .thenApply(done ->
                        stages.stream().flatMap(each -> each.join().stream()).collect(Collectors.toList()));
    }

    /** Completes after this delay. */
    public static CompletableFuture<@Nullable Void> later(Duration delay) {
        return CompletableFuture.completedFuture(null)
                .thenRunAsync(
                        () -> {},
                        CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS, SAME_THREAD));
    }
}
