package io.webchat.socketio.testkit;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.concurrent.Callable;

/**
 * The memory that the network threads of servers allocate while something runs. It tells the growth of a parser's work
 * and memory without a clock.
 */
public final class IoAllocation {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private IoAllocation() {}

    /** Runs a task twice, once to warm up, and returns the bytes of the second run. */
    public static long of(Callable<?> task) throws Exception {
        task.call();
        long before = allocated();
        task.call();
        return allocated() - before;
    }

    private static long allocated() {
        long sum = 0;
        for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().startsWith("webchat-io")) {
                sum += Math.max(0, THREADS.getThreadAllocatedBytes(thread.getThreadId()));
            }
        }
        return sum;
    }
}
