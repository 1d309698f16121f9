package io.webchat.core.internal.async;

import io.webchat.core.spi.support.Failures;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the same asynchronous work for each of many items, in their order, with a bound on the work in flight. After
 * more failures than {@code maxFailures} no further work starts, because the caller must repeat the whole call anyway.
 */
public final class Fanout<T> {
    private static final Logger log = LoggerFactory.getLogger(Fanout.class);
    /** The largest number of items that one thread starts in a row, if there is another one. */
    private static final int BATCH = 64;

    private final List<T> items;
    private final int max;
    private final int maxFailures;
    private final Function<T, ? extends CompletableFuture<?>> work;
    private final @Nullable Executor overflow;

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

    private Fanout(
            List<T> items,
            int max,
            int maxFailures,
            @Nullable Executor overflow,
            Function<T, ? extends CompletableFuture<?>> work) {
        this.items = items;
        this.max = max;
        this.maxFailures = maxFailures;
        this.overflow = overflow;
        this.work = work;
    }

    /** Starts on this thread; stops at the first failure. */
    public static <T> Fanout<T> over(List<T> items, int max, Function<T, ? extends CompletableFuture<?>> work) {
        return over(items, max, 0, null, work);
    }

    /**
     * Starts on this thread; stops at the first failure.
     *
     * @param overflow goes on after each batch, so that no event loop is held by work that is done at once
     */
    public static <T> Fanout<T> over(
            List<T> items, int max, Executor overflow, Function<T, ? extends CompletableFuture<?>> work) {
        return over(items, max, 0, overflow, work);
    }

    /**
     * Starts on this thread.
     *
     * @param max the largest number of items in flight
     * @param maxFailures the number of failures after which the rest still runs
     * @param overflow goes on after each batch, so that no event loop is held by work that is done at once; null to do
     *     all on this thread
     */
    public static <T> Fanout<T> over(
            List<T> items,
            int max,
            int maxFailures,
            @Nullable Executor overflow,
            Function<T, ? extends CompletableFuture<?>> work) {
        Fanout<T> all = new Fanout<>(List.copyOf(items), max, maxFailures, overflow, work);
        if (all.items.isEmpty()) {
            all.done.complete(null);
        }
        all.startWork();
        return all;
    }

    /**
     * Returns the items for which the test is true; fails with the first failure of a test.
     *
     * @param max the largest number of tests in flight
     * @param overflow goes on after each batch, so that no event loop is held by tests that are done at once; null to
     *     do all on this thread
     */
    public static <T> CompletableFuture<Set<T>> matching(
            List<T> items, int max, @Nullable Executor overflow, Function<T, CompletableFuture<Boolean>> test) {
        Set<T> matching = ConcurrentHashMap.newKeySet();
        return over(
                        items,
                        max,
                        0,
                        overflow,
                        item -> test.apply(item).thenAccept(matches -> {
                            if (matches) {
                                matching.add(item);
                            }
                        }))
                .done()
                .thenApply(done -> matching);
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
        if (requests.getAndIncrement() == 0) {
            serve(1);
        }
    }

    private void serve(int requested) {
        int served = requested;
        int inRow = 0;
        do {
            while (next < items.size() && !done.isDone() && inFlight.get() < max) {
                if (inRow++ == BATCH && movesOn(served)) {
                    return;
                }
                inFlight.incrementAndGet();
                start(items.get(next++));
            }
            if (next == items.size() || done.isDone()) {
                started.complete(null);
            }
            served = requests.addAndGet(-served);
        } while (served > 0);
    }

    private boolean movesOn(int served) {
        if (overflow == null) {
            return false;
        }
        try {
            overflow.execute(() -> serve(served));
            return true;
        } catch (RejectedExecutionException e) {
            log.debug("there is no other thread; starting the remaining work on this one", e);
            return false;
        }
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
