package io.webchat.dynamo.internal.calllog;

import io.webchat.dynamo.internal.table.Futures;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** One daemon thread that starts delayed tasks. Tasks must not block it. */
final class TimerThread {
    private final ScheduledThreadPoolExecutor thread;

    TimerThread(String name) {
        thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread made = new Thread(task, name);
            made.setDaemon(true);
            return made;
        });
        thread.setRemoveOnCancelPolicy(true);
        // Callers wait for these tasks.
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(true);
    }

    /**
     * Runs the task after the delay. After {@link #close} it uses the JDK's own timer, so that no caller waits for
     * ever.
     */
    void after(Duration delay, Runnable task) {
        try {
            var unused = thread.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            var unused = Futures.later(delay).thenRun(task);
        }
    }

    void close() {
        thread.shutdown();
    }
}
