package io.webchat.socketio.internal.http;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Watches that a client takes a response fast enough. The client has some time at first, loses the time in which a
 * piece waits for it, and gets time for each piece that it has taken. The time in which the server reads does not
 * count. Used on the event loop only.
 */
final class ResponsePace {
    /** The pace that a client needs, apart from pauses: slower than any mobile network. */
    private static final int BYTES_PER_SECOND = 4 * 1024;

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final EventExecutor executor;
    private final long most;
    private final Runnable slow;
    private long left;
    private @Nullable ScheduledFuture<?> end;

    /**
     * Makes a watch.
     *
     * @param most the time that a client has at first, and the most that it ever has
     * @param slow called when the time is over
     */
    ResponsePace(EventExecutor executor, Duration most, Runnable slow) {
        this.executor = executor;
        this.most = most.toNanos();
        this.slow = slow;
        this.left = this.most;
    }

    /** A piece waits for the client. */
    void offered() {
        end = executor.schedule(slow, left, TimeUnit.NANOSECONDS);
    }

    /** The client has taken the piece, or has left. */
    void taken(int bytes) {
        if (end != null) {
            long unused = Math.max(0, end.getDelay(TimeUnit.NANOSECONDS));
            end.cancel(false);
            left = Math.min(most, unused + bytes * SECOND / BYTES_PER_SECOND);
        }
    }
}
