package io.webchat.socketio.internal.http;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Watches that a body arrives fast enough: in each period some bytes must come, or its end. A period in which the
 * server did not read does not count.
 */
final class BodyPace {
    private final EventExecutor executor;
    private final Duration period;
    private final IntSupplier bytesPerSecond;
    private final Runnable slow;
    private @Nullable ScheduledFuture<?> next;
    private long needed;
    private long arrived;
    private boolean paused;
    private boolean excused;

    /**
     * Makes a watch; {@link #start} begins.
     *
     * @param bytesPerSecond returns the least pace in the period that begins
     * @param slow called once when the body is too slow
     */
    BodyPace(EventExecutor executor, Duration period, IntSupplier bytesPerSecond, Runnable slow) {
        this.executor = executor;
        this.period = period;
        this.bytesPerSecond = bytesPerSecond;
        this.slow = slow;
    }

    void start() {
        needed = bytesPerSecond.getAsInt() * period.toMillis() / 1000;
        arrived = 0;
        excused = paused;
        next = executor.schedule(this::check, period.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void check() {
        if (excused || arrived >= needed) {
            start();
        } else {
            slow.run();
        }
    }

    void arrived(int bytes) {
        arrived += bytes;
    }

    /** Tells whether the server reads the body now. */
    void setPaused(boolean value) {
        paused = value;
        excused |= value;
    }

    void stop() {
        if (next != null) {
            next.cancel(false);
        }
    }
}
