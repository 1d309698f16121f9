package io.webchat.core.internal.async;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks of the application on daemon threads, within bounds of the number and the bytes of the tasks that wait.
 * What a task throws is logged.
 */
public final class BoundedExecutor {
    private static final Logger log = LoggerFactory.getLogger(BoundedExecutor.class);

    private final String name;
    private final int maxTasks;
    private final long maxBytes;
    private final ThreadPoolExecutor threads;
    private final AtomicInteger tasks = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    /**
     * An executor.
     *
     * @param name the name of its threads
     * @param threads the number of threads; one thread runs the tasks in their order
     * @param maxTasks the largest number of tasks that wait
     * @param maxBytes the largest number of bytes that they hold
     */
    public BoundedExecutor(String name, int threads, int maxTasks, long maxBytes) {
        this.name = name;
        this.maxTasks = maxTasks;
        this.maxBytes = maxBytes;
        this.threads = DaemonThreads.pool(threads, new LinkedBlockingQueue<>(), name);
    }

    /** Runs a task that holds so many bytes, soon; returns whether it was taken. */
    public boolean execute(long size, Runnable task) {
        boolean tooMany = tasks.incrementAndGet() > maxTasks;
        if (bytes.addAndGet(size) > maxBytes || tooMany) {
            release(size);
            return false;
        }
        try {
            threads.execute(() -> run(size, task));
            return true;
        } catch (RejectedExecutionException e) {
            log.debug("{} is closed", name, e);
            release(size);
            return false;
        }
    }

    private void run(long size, Runnable task) {
        release(size);
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            log.error("a listener of the application threw an exception on {}; the chat goes on", name, e);
        }
    }

    private void release(long size) {
        tasks.decrementAndGet();
        bytes.addAndGet(-size);
    }

    /** Takes no more tasks, and waits for the others as long as the grace. Afterwards they still run. */
    public void close(Duration grace) {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(grace.toMillis(), TimeUnit.MILLISECONDS) && !grace.isZero()) {
                log.warn("a listener of the application is not done in time on {}", name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
