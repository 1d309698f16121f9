package io.webchat.core.internal;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one at a time and in order, without a thread of its own: whoever brings a task to an idle
 * mailbox runs it, and then what others brought meanwhile. A task that its own mailbox is given while it
 * runs waits its turn, so nothing recurses. After {@link #BATCH} tasks the rest moves to a pool, so that no
 * event loop is held by a flood of others.
 */
final class Mailbox implements Executor {
    private static final Logger log = LoggerFactory.getLogger(Mailbox.class);
    private static final int BATCH = 256;

    private final Executor overflow;
    private final Queue<Runnable> tasks;
    private final AtomicInteger pending = new AtomicInteger();

    /** A mailbox that moves to {@code overflow} when one thread has done enough for it. */
    Mailbox(Executor overflow) {
        this(overflow, new ConcurrentLinkedQueue<>());
    }

    /** A mailbox whose waiting tasks stand in this queue, which must be safe for use by several threads. */
    Mailbox(Executor overflow, Queue<Runnable> tasks) {
        this.overflow = overflow;
        this.tasks = tasks;
    }

    @Override
    public void execute(Runnable task) {
        // A count of 0 alone is not enough: a turn may have gone to a task that was added but not counted
        // yet, and this caller's own earlier task, which that turn was for, still stands in the queue.
        if (tasks.isEmpty() && pending.compareAndSet(0, 1)) {
            run(task);
            if (pending.decrementAndGet() > 0) {
                drain();
            }
            return;
        }
        tasks.add(task);
        if (pending.getAndIncrement() == 0) {
            drain();
        }
    }

    private void drain() {
        int done = 0;
        do {
            if (done++ == BATCH && movedOn()) {
                return;
            }
            // Never null: pending counts only tasks that have been added.
            run(tasks.remove());
        } while (pending.decrementAndGet() > 0);
    }

    private boolean movedOn() {
        try {
            overflow.execute(this::drain);
            return true;
        } catch (RejectedExecutionException e) {
            log.debug("the pool takes nothing; going on here", e);
            return false;
        }
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            log.error("a session's task failed; the session goes on", e);
        }
    }
}
