package io.webchat.core.internal.send;

import io.webchat.core.ChatEvent;
import io.webchat.core.Envelope;
import io.webchat.core.OfflineListener;
import io.webchat.core.UserId;
import io.webchat.core.internal.async.Completions;
import io.webchat.core.internal.async.DaemonThreads;
import io.webchat.core.internal.backend.BackendCalls;
import io.webchat.core.spi.QueueSlice;
import io.webchat.core.spi.support.LogThrottle;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the host's {@link OfflineListener} on its own threads, because the listener may block. Calls beyond the
 * capacity of the threads are dropped and logged; the messages themselves are safe in the queue.
 */
public final class OfflineNotifier {
    private static final Logger log = LoggerFactory.getLogger(OfflineNotifier.class);
    private static final int THREADS = 2;
    private static final int MAX_WAITING = 10_000;
    /** The largest number of messages reported when a session ends: enough for a notification. */
    private static final int MAX_REPORTED = 64;

    private final LogThrottle warnings = new LogThrottle();
    private final OfflineListener listener;
    private final BackendCalls backends;
    private final ThreadPoolExecutor threads;

    /** A notifier for this listener; the backends tell who is online. */
    public OfflineNotifier(OfflineListener listener, BackendCalls backends) {
        this.listener = listener;
        this.backends = backends;
        this.threads = DaemonThreads.pool(THREADS, new ArrayBlockingQueue<>(MAX_WAITING), "webchat-offline");
    }

    /** Calls the listener for this message, soon. */
    void notify(UserId user, ChatEvent.Message message) {
        try {
            threads.execute(() -> call(user, message));
        } catch (RejectedExecutionException e) {
            logDropped(user);
        }
    }

    /** Logs at most one line in 10 seconds, because a slow listener drops many messages; none after the end. */
    private void logDropped(UserId user) {
        if (!threads.isShutdown() && warnings.permits()) {
            log.warn(
                    "the offline listener is behind by {} messages; it is not called for a message to {}",
                    MAX_WAITING,
                    user);
        }
    }

    /**
     * Called when a session ended with unconfirmed events. If the user is connected nowhere else, the listener is
     * called for the messages.
     *
     * @param cursor the last confirmed Seq
     */
    public void onSessionEnded(UserId user, long cursor) {
        CompletableFuture<List<Envelope>> unconfirmed = backends.isOnline(user)
                .thenCompose(online -> online
                        ? CompletableFuture.completedFuture(List.of())
                        : backends.read(user, cursor, MAX_REPORTED).thenApply(QueueSlice::events));
        Completions.whenDone(unconfirmed, (events, failure) -> {
            if (events != null) {
                notifyAll(user, events);
            } else {
                log.debug("cannot find out whether {} is offline; the offline listener is not called", user, failure);
            }
        });
    }

    private void notifyAll(UserId user, List<Envelope> events) {
        events.forEach(each -> {
            if (each.event() instanceof ChatEvent.Message message && message.fromDevice() == null) {
                notify(user, message);
            }
        });
    }

    private void call(UserId user, ChatEvent.Message message) {
        try {
            listener.onOffline(user, message);
        } catch (RuntimeException e) {
            log.error("the offline listener threw an exception for a message to {}", user, e);
        }
    }

    /** Calls the listener for all messages that wait, and takes no more. */
    public void close() {
        threads.shutdown();
    }
}
