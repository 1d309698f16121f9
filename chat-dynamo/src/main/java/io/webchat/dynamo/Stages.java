package io.webchat.dynamo;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the JDK's futures do not offer. */
final class Stages {
    private static final Executor SAME_THREAD = Runnable::run;

    private Stages() {}

    /** Complete when all are; failed when one is, once all are complete. */
    static CompletableFuture<Void> all(Collection<? extends CompletionStage<?>> stages) {
        return CompletableFuture.allOf(
                stages.stream().map(CompletionStage::toCompletableFuture).toArray(CompletableFuture<?>[]::new));
    }

    /** What they complete with, in their order. */
    static <T> CompletableFuture<List<T>> list(Collection<? extends CompletableFuture<T>> stages) {
        return all(stages)
                .thenApply(
                        done -> stages.stream().<T>map(CompletableFuture::join).toList());
    }

    /** The elements of all lists that they complete with, in their order. */
    static <T> CompletableFuture<List<T>> flat(Collection<? extends CompletableFuture<List<T>>> stages) {
        return all(stages)
                .thenApply(done ->
                        stages.stream().flatMap(each -> each.join().stream()).collect(Collectors.toList()));
    }

    /** Completes then. */
    static CompletableFuture<@Nullable Void> later(Duration delay) {
        return CompletableFuture.completedFuture(null)
                .thenRunAsync(
                        () -> {},
                        CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS, SAME_THREAD));
    }
}
