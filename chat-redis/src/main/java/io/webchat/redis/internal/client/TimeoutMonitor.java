package io.webchat.redis.internal.client;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that enforces the timeouts of commands, because the threads of connections may block. A read has a timeout
 * of its own. A write to a server that stopped reading has none, and neither has the lookup of a host name.
 */
public final class TimeoutMonitor implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TimeoutMonitor.class);
    private static final Duration TICK = Duration.ofMillis(50);

    private final Duration timeout;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "webchat-redis-monitor");
        thread.setDaemon(true);
        return thread;
    });

    /** A monitor of connections whose exchanges with the server take at most this time. */
    public TimeoutMonitor(Duration timeout) {
        this.timeout = timeout;
    }

    public Duration timeout() {
        return timeout;
    }

    /** Runs the check at every tick, until the future is cancelled. */
    public Future<?> repeat(Runnable check) {
        return timer.scheduleWithFixedDelay(
                () -> safely(check), TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Runs a task once. */
    public void schedule(Duration delay, Runnable task) {
        var unused = timer.schedule(() -> safely(task), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void safely(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            // An exception would end the repetition.
            log.error("cannot check the timeouts of a connection to Redis", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
