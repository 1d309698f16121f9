package io.webchat.socketio.internal.engineio;

import io.netty.channel.Channel;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs tasks on event loops, always later and never in the caller's frame. A loop that stops takes no tasks. */
final class ChannelTasks {
    private ChannelTasks() {}

    /** Runs a task soon on the event loop of a channel. */
    static void run(Channel channel, Runnable task) {
        run(channel.eventLoop(), task);
    }

    /** Runs a task soon. */
    static void run(EventExecutor loop, Runnable task) {
        if (!loop.isShuttingDown()) {
            loop.execute(task);
        }
    }

    /** Runs a task after a while; returns its handle, or null if the loop takes no more tasks. */
    static @Nullable ScheduledFuture<?> after(EventExecutor loop, Duration delay, Runnable task) {
        return loop.isShuttingDown() ? null : loop.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    static void cancel(@Nullable ScheduledFuture<?> task) {
        if (task != null) {
            task.cancel(false);
        }
    }
}
