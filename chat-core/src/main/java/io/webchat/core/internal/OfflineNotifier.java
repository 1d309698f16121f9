package io.webchat.core.internal;

import io.webchat.core.ChatEvent;
import io.webchat.core.Envelope;
import io.webchat.core.OfflineListener;
import io.webchat.core.UserId;
import io.webchat.core.spi.QueueSlice;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the host's {@link OfflineListener} on threads of its own, since a host may well do blocking work
 * there. What it cannot keep up with is dropped and logged: the messages themselves are safe in the queue.
 */
final class OfflineNotifier {
    private static final Logger log = LoggerFactory.getLogger(OfflineNotifier.class);
    private static final int THREADS = 2;
    private static final int WAITING = 10_000;
    /** How many messages are told of when a session ends: enough for a notification, not a second delivery. */
    private static final int LATEST = 64;

    private static final long WARN_EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final AtomicLong warned = new AtomicLong(System.nanoTime() - WARN_EVERY_NANOS);
    private final OfflineListener listener;
    private final Backends backends;
    private final ThreadPoolExecutor threads;

    OfflineNotifier(OfflineListener listener, Backends backends) {
        this.listener = listener;
        this.backends = backends;
        this.threads = DaemonThreads.pool(THREADS, new ArrayBlockingQueue<>(WAITING), "webchat-offline");
    }

    void notify(UserId user, ChatEvent.Message message) {
        try {
            threads.execute(() -> call(user, message));
        } catch (RejectedExecutionException e) {
            dropped(user);
        }
    }

    /** A listener that is behind stays so for a while: one line in the log for all of it, and none after the end. */
    private void dropped(UserId user) {
        long now = System.nanoTime();
        long last = warned.get();
        if (!threads.isShutdown() && now - last > WARN_EVERY_NANOS && warned.compareAndSet(last, now)) {
            log.warn("the offline listener is behind by {} messages; it will not hear of one to {}", WAITING, user);
        }
    }

    /**
     * A session ended with events unconfirmed; unless the user is connected elsewhere, the listener hears
     * of the messages.
     */
    void sessionEnded(UserId user, long cursor) {
        CompletableFuture<List<Envelope>> unconfirmed = backends.isOnline(user)
                .thenCompose(online -> online
                        ? CompletableFuture.completedFuture(List.of())
                        : backends.read(user, cursor, LATEST).thenApply(QueueSlice::events));
        Stages.whenDone(unconfirmed, (events, failure) -> {
            if (events != null) {
                tell(user, events);
            } else {
                log.debug("cannot tell whether {} is offline", user, failure);
            }
        });
    }

    private void tell(UserId user, List<Envelope> events) {
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
            log.error("the offline listener failed", e);
        }
    }

    void close() {
        threads.shutdown();
    }
}
