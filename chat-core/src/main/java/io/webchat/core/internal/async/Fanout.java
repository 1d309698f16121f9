package io.webchat.core.internal.async;

import io.webchat.core.spi.support.Failures;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs the same asynchronous work for each of many items, in their order, with a bound on the work in flight. After
 * more failures than {@code maxFailures} no further work starts, because the caller must repeat the whole call anyway.
 */
public final class Fanout<T> {
    private final List<T> items;
    private final int max;
    private final int maxFailures;
    private final Function<T, ? extends CompletableFuture<?>> work;

    private final CompletableFuture<Void> started = new CompletableFuture<>();
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger finished = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> firstFailure = new AtomicReference<>();
    /** The number of requests to start work. One thread serves them all. */
    private final AtomicInteger requests = new AtomicInteger();
    /** Used only by the thread that starts work. */
    private int next;

    private Fanout(List<T> items, int max, int maxFailures, Function<T, ? extends CompletableFuture<?>> work) {
        this.items = items;
        this.max = max;
        this.maxFailures = maxFailures;
        this.work = work;
    }

    /** Starts on this thread; stops at the first failure. */
    public static <T> Fanout<T> over(List<T> items, int max, Function<T, ? extends CompletableFuture<?>> work) {
        return over(items, max, 0, work);
    }

    /**
     * Starts on this thread.
     *
     * @param max the largest number of items in flight
     * @param maxFailures the number of failures after which the rest still runs
     */
    public static <T> Fanout<T> over(
            List<T> items, int max, int maxFailures, Function<T, ? extends CompletableFuture<?>> work) {
        Fanout<T> all = new Fanout<>(List.copyOf(items), max, maxFailures, work);
        if (all.items.isEmpty()) {
            all.done.complete(null);
        }
        all.startWork();
        return all;
    }

    /** Completes when no further work will start; never fails. */
    public CompletableFuture<Void> started() {
        return started;
    }

    /**
     * Completes when the work for all items is done. Fails with the first failure when all work has ended, or as soon
     * as more work has failed than tolerated.
     */
    public CompletableFuture<Void> done() {
        return done;
    }

    private void startWork() {
        if (requests.getAndIncrement() > 0) {
            return;
        }
        int served = 1;
        do {
            while (next < items.size() && !done.isDone() && inFlight.get() < max) {
                inFlight.incrementAndGet();
                start(items.get(next++));
            }
            if (next == items.size() || done.isDone()) {
                started.complete(null);
            }
            served = requests.addAndGet(-served);
        } while (served > 0);
    }

    private void start(T item) {
        CompletableFuture<?> each;
        try {
            each = work.apply(item);
        } catch (RuntimeException e) {
            each = CompletableFuture.failedFuture(e);
        }
        Completions.whenDone(each, (result, failure) -> {
            inFlight.decrementAndGet();
            onEnd(failure);
            startWork();
        });
    }

    private void onEnd(@Nullable Throwable failure) {
        if (failure != null) {
            firstFailure.compareAndSet(null, Failures.unwrap(failure));
        }
        int failures = failure == null ? failed.get() : failed.incrementAndGet();
        boolean last = finished.incrementAndGet() == items.size();
        Throwable first = firstFailure.get();
        if (first != null && (last || failures > maxFailures)) {
            done.completeExceptionally(first);
        } else if (last) {
            done.complete(null);
        }
    }
}
