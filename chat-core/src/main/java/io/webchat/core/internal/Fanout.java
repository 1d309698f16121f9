package io.webchat.core.internal;

import io.webchat.core.spi.support.Failures;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Does the same for many, in their order, with so many under way at most. After more failures than are tolerated no
 * more are begun: whoever asked has to ask again anyway. A few may be tolerated, so that they keep nobody else waiting.
 */
final class Fanout<T> {
    private final List<T> items;
    private final int max;
    private final int tolerated;
    private final Function<T, ? extends CompletableFuture<?>> work;

    private final CompletableFuture<Void> begun = new CompletableFuture<>();
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger finished = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> firstFailure = new AtomicReference<>();
    /** How often somebody wanted to hand out work: one thread does so, for all of them. */
    private final AtomicInteger wanted = new AtomicInteger();
    /** Belongs to whoever hands out work. */
    private int next;

    private Fanout(List<T> items, int max, int tolerated, Function<T, ? extends CompletableFuture<?>> work) {
        this.items = items;
        this.max = max;
        this.tolerated = tolerated;
        this.work = work;
    }

    /** Begins at once, on this thread; tolerates no failure. */
    static <T> Fanout<T> over(List<T> items, int max, Function<T, ? extends CompletableFuture<?>> work) {
        return over(items, max, 0, work);
    }

    /** Begins at once, on this thread. */
    static <T> Fanout<T> over(List<T> items, int max, int tolerated, Function<T, ? extends CompletableFuture<?>> work) {
        Fanout<T> all = new Fanout<>(List.copyOf(items), max, tolerated, work);
        if (all.items.isEmpty()) {
            all.done.complete(null);
        }
        all.handOut();
        return all;
    }

    /** Completes, never with a failure, when the last one that will be begun has been. */
    CompletableFuture<Void> begun() {
        return begun;
    }

    /** Completes when all are done; with the first failure when all have ended, or more have failed than tolerated. */
    CompletableFuture<Void> done() {
        return done;
    }

    private void handOut() {
        if (wanted.getAndIncrement() > 0) {
            return;
        }
        int seen = 1;
        do {
            while (next < items.size() && !done.isDone() && underWay.get() < max) {
                underWay.incrementAndGet();
                begin(items.get(next++));
            }
            if (next == items.size() || done.isDone()) {
                begun.complete(null);
            }
            seen = wanted.addAndGet(-seen);
        } while (seen > 0);
    }

    private void begin(T item) {
        CompletableFuture<?> each;
        try {
            each = work.apply(item);
        } catch (RuntimeException e) {
            each = CompletableFuture.failedFuture(e);
        }
        Stages.whenDone(each, (result, failure) -> {
            underWay.decrementAndGet();
            ended(failure);
            handOut();
        });
    }

    private void ended(@Nullable Throwable failure) {
        if (failure != null) {
            firstFailure.compareAndSet(null, Failures.unwrap(failure));
        }
        int failures = failure == null ? failed.get() : failed.incrementAndGet();
        boolean last = finished.incrementAndGet() == items.size();
        Throwable first = firstFailure.get();
        if (first != null && (last || failures > tolerated)) {
            done.completeExceptionally(first);
        } else if (last) {
            done.complete(null);
        }
    }
}
