package io.webchat.core.internal.send;

import io.webchat.core.ChatObserver;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.UserId;
import io.webchat.core.internal.backend.AppendOutcome;
import io.webchat.core.internal.backend.BackendCalls;
import io.webchat.core.internal.restore.QueueRestorer;
import io.webchat.core.spi.queue.Appended;
import io.webchat.core.spi.queue.QueueEpoch;
import io.webchat.core.spi.support.LogThrottle;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Appends events to queues, and attends to a queue that is not restored yet or was full. */
final class QueueAppender {
    /**
     * The time within which no queue is lost and restored. A send that takes longer looks whether its queue is still
     * the same.
     */
    static final Duration QUICK = Duration.ofMillis(100);

    private static final Logger log = LoggerFactory.getLogger(QueueAppender.class);

    private final LogThrottle warnings = new LogThrottle();
    private final BackendCalls backends;
    private final QueueRestorer restorer;
    private final ChatObserver observer;

    QueueAppender(BackendCalls backends, QueueRestorer restorer, ChatObserver observer) {
        this.backends = backends;
        this.restorer = restorer;
        this.observer = observer;
    }

    CompletableFuture<Appended> append(UserId user, ChatEvent event) {
        return append(user, event, 0);
    }

    /** Appends an event; it is stored later than {@code after}, Unix milliseconds. */
    CompletableFuture<Appended> append(UserId user, ChatEvent event, long after) {
        return backends.append(user, event, after).thenApply(appended -> attend(user, appended));
    }

    /** Appends an event; if the queue is able to, publishes a new event in the same step. */
    CompletableFuture<AppendOutcome> appendAndPublish(UserId user, ChatEvent event) {
        return backends.appendAndPublish(user, event).thenApply(outcome -> {
            attend(user, outcome.appended());
            return outcome;
        });
    }

    /**
     * Appends an event again if its queue was lost between the append and the record in the call log. A restore in
     * between did not find the event in the call log. If it did, the second append is a resend.
     *
     * @param event makes the event, which is recorded; hardly any send needs it
     * @param first the outcome of its append
     * @param start when the send began, in nanoseconds
     * @return the outcome of the append that counts
     */
    CompletableFuture<Appended> appendIfLost(
            UserId user, Supplier<? extends ChatEvent> event, Appended first, long start) {
        if (!backends.logComplete() || System.nanoTime() - start < QUICK.toNanos()) {
            return CompletableFuture.completedFuture(first);
        }
        return backends.read(user, Long.MAX_VALUE, 1).thenCompose(slice -> {
            QueueEpoch epoch = slice.epoch();
            // Whoever creates a queue that does not exist finds the event in the call log.
            boolean safe = epoch.number() == first.epoch().number() || epoch.equals(QueueEpoch.NONE);
            return safe
                    ? CompletableFuture.completedFuture(first)
                    : restored(user, epoch).thenCompose(done -> append(user, event.get()));
        });
    }

    /** Completes when the queue is restored, or cannot be in time: a restored event stands at its own position. */
    private CompletableFuture<Void> restored(UserId user, QueueEpoch epoch) {
        return epoch.restored()
                ? CompletableFuture.completedFuture(null)
                : backends.within("restore", restorer.restore(user, epoch)).handle((done, failure) -> null);
    }

    private Appended attend(UserId user, Appended appended) {
        restorer.restoreSoon(user, appended.epoch());
        if (appended.removed() > 0) {
            observer.queueTrimmed(appended.removed());
            logTrimmed(user);
        }
        return appended;
    }

    /** Logs at most one line in 10 seconds, because a full queue loses an event with each message. */
    private void logTrimmed(UserId user) {
        if (warnings.permits()) {
            log.warn(
                    "the queue of {} is full: its oldest events were removed, and are in the call log only; "
                            + "further queues may be full and are not logged for 10 seconds",
                    user);
        }
    }
}
