package io.webchat.core.contract;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Runs the same work on several threads at once. */
public final class ConcurrentCalls {
    private static final long TIMEOUT_SECONDS = 60;

    private ConcurrentCalls() {}

    /**
     * Calls {@code work} with 0, 1, … on one thread each; all threads start together. Returns the results in the
     * order of the numbers, or throws the first failure.
     */
    public static <T> List<T> run(int threads, IntFunction<T> work) {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        CountDownLatch start = new CountDownLatch(threads);
        try {
            List<CompletableFuture<T>> all = IntStream.range(0, threads)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> startTogether(start, work, i), pool))
                    .toList();
            return all.stream()
                    .map(each ->
                            each.orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join())
                    .toList();
        } finally {
            pool.shutdownNow();
        }
    }

    private static <T> T startTogether(CountDownLatch start, IntFunction<T> work, int i) {
        start.countDown();
        try {
            if (!start.await(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the other threads did not start");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted before the start", e);
        }
        return work.apply(i);
    }
}
