package io.webchat.redis.internal.client;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that looks after the threads of connections. These block: reads end by a time-out of their own, but a
 * write to a server that stopped reading, or the lookup of a host name, does not, and calls must fail in time all the
 * same.
 */
final class TimeoutMonitor implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TimeoutMonitor.class);
    private static final Duration TICK = Duration.ofMillis(50);

    private final Duration patience;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "webchat-redis-watch");
        thread.setDaemon(true);
        return thread;
    });

    /** A watch over connections whose every exchange with the server should take no longer than this. */
    TimeoutMonitor(Duration patience) {
        this.patience = patience;
    }

    Duration patience() {
        return patience;
    }

    /** Runs the look at every tick, until the future is cancelled. */
    Future<?> over(Runnable look) {
        return timer.scheduleWithFixedDelay(
                () -> safely(look), TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Runs a task once. */
    void later(Duration delay, Runnable task) {
        var unused = timer.schedule(() -> safely(task), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void safely(Runnable look) {
        try {
            look.run();
        } catch (RuntimeException | Error e) {
            // Thrown on, it would end the watch over this connection.
            log.error("could not look after a connection to Redis", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
