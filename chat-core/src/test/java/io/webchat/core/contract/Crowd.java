package io.webchat.core.contract;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Does the same on several threads at once. */
final class Crowd {
    private static final long SECONDS = 30;

    private Crowd() {}

    /** What {@code work} made of 0, 1, … on a thread each, all starting together; the first failure is thrown. */
    static <T> List<T> of(int threads, IntFunction<T> work) {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        CountDownLatch start = new CountDownLatch(threads);
        try {
            List<CompletableFuture<T>> all = IntStream.range(0, threads)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> together(start, work, i), pool))
                    .toList();
            return all.stream()
                    .map(each -> each.orTimeout(SECONDS, TimeUnit.SECONDS).join())
                    .toList();
        } finally {
            pool.shutdownNow();
        }
    }

    private static <T> T together(CountDownLatch start, IntFunction<T> work, int i) {
        start.countDown();
        try {
            if (!start.await(SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the other threads did not start");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted before the start", e);
        }
        return work.apply(i);
    }
}
