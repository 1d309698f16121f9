package io.webchat.examples.server;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes the servers when the process is told to end. The drain and the close of the stores share one budget, which is
 * below the ten seconds after which {@code docker stop} kills. Whatever hangs is left behind, because the process ends.
 */
final class Shutdown implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Shutdown.class);
    private static final Duration BUDGET = Duration.ofSeconds(8);
    // The rest is for the last writes of the stores, and for a database process that has to end.
    private static final int DRAIN_PERCENT = 60;

    private final Running running;
    private final Duration budget;

    Shutdown(Running running) {
        this(running, BUDGET);
    }

    Shutdown(Running running, Duration budget) {
        this.running = running;
        this.budget = budget;
    }

    @Override
    public void run() {
        Thread closing = new Thread(
                () -> running.close(budget.multipliedBy(DRAIN_PERCENT).dividedBy(100)));
        closing.setName("webchat-close");
        closing.setDaemon(true);
        closing.start();
        try {
            closing.join(TimeUnit.NANOSECONDS.toMillis(budget.toNanos()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (closing.isAlive()) {
            log.warn("Not everything was closed in {} ms; ending all the same", budget.toMillis());
        }
    }
}
