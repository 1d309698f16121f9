package io.webchat.core.internal.async;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Calls a handler for each future that is not completed in time. All futures have the same time-out, and one periodic
 * check looks at all of them. A timer per call would cost more than many of the calls. A handler may be called late by
 * one twentieth of the time-out.
 */
public final class Deadlines {
    private static final int CHECKS_PER_TIMEOUT = 20;

    private record Watched(CompletableFuture<?> answer, Runnable onTimeout, long deadline) {
        /** Calls the handler after the deadline; returns whether the future is done. */
        boolean isDone(long now) {
            if (!answer.isDone() && now - deadline >= 0) {
                onTimeout.run();
            }
            return answer.isDone();
        }
    }

    private final long nanos;
    private final Executor timer;
    private final Queue<Watched> watched = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();

    /** Deadlines with this time-out for all futures. */
    public Deadlines(Duration timeout) {
        this.nanos = timeout.toNanos();
        this.timer =
                CompletableFuture.delayedExecutor(nanos / CHECKS_PER_TIMEOUT + 1, TimeUnit.NANOSECONDS, Runnable::run);
    }

    /**
     * Watches a future.
     *
     * @param onTimeout called when the future is not completed in time; must complete it
     */
    public void watch(CompletableFuture<?> answer, Runnable onTimeout) {
        watched.add(new Watched(answer, onTimeout, System.nanoTime() + nanos));
        scheduleCheck();
    }

    private void scheduleCheck() {
        if (!scheduled.get() && scheduled.compareAndSet(false, true)) {
            timer.execute(this::check);
        }
    }

    private void check() {
        long now = System.nanoTime();
        watched.removeIf(each -> each.isDone(now));
        scheduled.set(false);
        if (!watched.isEmpty()) {
            scheduleCheck();
        }
    }
}
