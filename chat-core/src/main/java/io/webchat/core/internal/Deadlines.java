package io.webchat.core.internal;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ends what takes too long. All of it has the same time, so that one look at everything every now and then does, in
 * place of a timer for each call, which costs more than many of the calls. Whatever is late hears of it at most a
 * twentieth of its time later still.
 */
final class Deadlines {
    private static final int LOOKS = 20;

    private record Waiting(CompletableFuture<?> answer, Runnable late, long deadline) {
        /** Whether nobody has to look at it any more. */
        boolean over(long now) {
            if (!answer.isDone() && now - deadline >= 0) {
                late.run();
            }
            return answer.isDone();
        }
    }

    private final long nanos;
    private final Executor later;
    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean looking = new AtomicBoolean();

    Deadlines(Duration time) {
        this.nanos = time.toNanos();
        this.later = CompletableFuture.delayedExecutor(nanos / LOOKS + 1, TimeUnit.NANOSECONDS, Runnable::run);
    }

    /** Runs {@code late}, which has to complete the answer, where that has not been completed in time. */
    void watch(CompletableFuture<?> answer, Runnable late) {
        waiting.add(new Waiting(answer, late, System.nanoTime() + nanos));
        lookLater();
    }

    private void lookLater() {
        if (!looking.get() && looking.compareAndSet(false, true)) {
            later.execute(this::look);
        }
    }

    private void look() {
        long now = System.nanoTime();
        waiting.removeIf(each -> each.over(now));
        looking.set(false);
        if (!waiting.isEmpty()) {
            lookLater();
        }
    }
}
