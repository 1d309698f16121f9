package io.webchat.core.internal.events;

import io.webchat.core.ChatListener;
import io.webchat.core.ChatObserver;
import io.webchat.core.internal.async.DaemonThreads;
import io.webchat.core.spi.support.LogThrottle;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls the listener on a thread of its own, one call after another. Calls beyond the bound are dropped. */
final class ListenerCalls {
    private static final Logger log = LoggerFactory.getLogger(ListenerCalls.class);
    private static final long MAX_BYTES = 16L << 20;
    /** The bytes of an event besides its text, about. */
    private static final int EVENT_BYTES = 512;

    private final LogThrottle warnings = new LogThrottle();
    private final ChatListener listener;
    private final ChatObserver observer;
    private final ThreadPoolExecutor thread;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong waitingBytes = new AtomicLong();

    ListenerCalls(ChatListener listener, ChatObserver observer) {
        this.listener = listener;
        this.observer = observer;
        this.thread = DaemonThreads.pool(1, new LinkedBlockingQueue<>(), "webchat-listener");
    }

    /** Calls the listener soon, after all earlier calls. */
    void add(int textBytes, Consumer<ChatListener> call) {
        long bytes = (long) EVENT_BYTES + textBytes;
        boolean full = waiting.incrementAndGet() > ChatListener.MAX_WAITING;
        if (waitingBytes.addAndGet(bytes) > MAX_BYTES || full) {
            done(bytes);
            onDropped();
            return;
        }
        try {
            thread.execute(() -> run(bytes, call));
        } catch (RejectedExecutionException e) {
            done(bytes);
            observer.listenerDropped();
        }
    }

    private void run(long bytes, Consumer<ChatListener> call) {
        done(bytes);
        try {
            call.accept(listener);
        } catch (RuntimeException | Error e) {
            log.error("the chat listener threw an exception; the chat goes on", e);
        }
    }

    private void done(long bytes) {
        waiting.decrementAndGet();
        waitingBytes.addAndGet(-bytes);
    }

    private void onDropped() {
        observer.listenerDropped();
        if (warnings.permits()) {
            log.warn("the chat listener is too slow: events are dropped; further ones are not logged for 10 seconds");
        }
    }

    /** Takes no more calls, and waits for the others. */
    void close(Duration grace) {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(grace.toMillis(), TimeUnit.MILLISECONDS) && !grace.isZero()) {
                log.warn("the chat listener has not heard all events in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
