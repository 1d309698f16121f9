package io.webchat.core.internal.send;

import io.webchat.core.ChatObserver;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.UserId;
import io.webchat.core.internal.backend.AppendOutcome;
import io.webchat.core.internal.backend.BackendCalls;
import io.webchat.core.internal.restore.QueueRestorer;
import io.webchat.core.spi.queue.Appended;
import io.webchat.core.spi.support.LogThrottle;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Appends events to queues, and attends to a queue that is not restored yet or was full. */
final class QueueAppender {
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
