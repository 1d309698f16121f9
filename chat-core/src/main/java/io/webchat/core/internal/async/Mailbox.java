package io.webchat.core.internal.async;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one at a time and in order, without a thread of its own. The thread that adds a task to an idle mailbox
 * runs it, and then the tasks that other threads added meanwhile. A task added by a running task of the same mailbox
 * waits, so that nothing recurses. After {@link #BATCH} tasks the rest moves to a pool, so that one thread is not held
 * by the tasks of others.
 *
 * <p>A task that fails is logged, and the next one runs. An error of the JVM itself, such as no memory, is thrown to
 * the thread that ran the task, because only the process can answer it; the other tasks move to the pool.
 */
public final class Mailbox implements Executor {
    private static final Logger log = LoggerFactory.getLogger(Mailbox.class);
    private static final int BATCH = 256;

    private final Executor overflow;
    private final Queue<Runnable> tasks;
    private final AtomicInteger pending = new AtomicInteger();

    /**
     * A mailbox.
     *
     * @param overflow runs the remaining tasks after a batch
     */
    public Mailbox(Executor overflow) {
        this(overflow, new ConcurrentLinkedQueue<>());
    }

    /**
     * A mailbox with a queue of the caller.
     *
     * @param tasks the empty queue of waiting tasks; must be safe for use by several threads
     */
    Mailbox(Executor overflow, Queue<Runnable> tasks) {
        this.overflow = overflow;
        this.tasks = tasks;
    }

    @Override
    public void execute(Runnable task) {
        // A count of 0 alone is not enough. The run that this caller's earlier task was counted for may have gone to
        // another task that was added and not counted yet; then the earlier task still waits in the queue.
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
            if (done++ == BATCH && moveToOverflow()) {
                return;
            }
            // The queue is not empty, because only added tasks are counted.
            run(tasks.remove());
        } while (pending.decrementAndGet() > 0);
    }

    private boolean moveToOverflow() {
        try {
            overflow.execute(this::drain);
            return true;
        } catch (RejectedExecutionException e) {
            log.debug("the overflow pool is shut down; running the remaining tasks on this thread", e);
            return false;
        }
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (VirtualMachineError e) {
            if (pending.decrementAndGet() > 0 && !moveToOverflow()) {
                drain();
            }
            throw e;
        } catch (RuntimeException | Error e) {
            log.error("a task of a session failed; the session continues", e);
        }
    }
}
