package io.webchat.core.internal.send;

import io.webchat.core.events.Envelope;
import io.webchat.core.events.LoggedEvent;
import io.webchat.core.ids.UserId;
import io.webchat.core.internal.backend.BackendCalls;
import io.webchat.core.spi.queue.Appended;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Publishes what was appended to a queue. The queue may have another form of a resend: its message was deleted since,
 * or a policy judged it again. So the queue is read for a resend, and what it has is published.
 */
final class QueuePublisher {
    /** The number of receivers of an event that was not published. */
    static final int NOT_PUBLISHED = -1;

    private final BackendCalls backends;

    QueuePublisher(BackendCalls backends) {
        this.backends = backends;
    }

    /**
     * Publishes an event of the owner's queue. Never fails: the event is stored, and a lost publish only costs latency.
     *
     * @return the number of receivers, or {@link #NOT_PUBLISHED}
     */
    CompletableFuture<Integer> publish(UserId owner, Appended appended, LoggedEvent event) {
        if (appended.seq() == 0) {
            // A resend whose first attempt was in an earlier epoch: nobody needs it.
            return CompletableFuture.completedFuture(NOT_PUBLISHED);
        }
        CompletableFuture<Optional<Envelope>> queued = appended.duplicate()
                ? backends.read(owner, appended.seq() - 1, 1)
                        .thenApply(slice -> slice.events().stream()
                                .filter(each -> each.seq() == appended.seq())
                                .findFirst())
                : CompletableFuture.completedFuture(Optional.of(envelope(appended, event)));
        return queued.thenCompose(found -> found.isEmpty()
                        ? CompletableFuture.completedFuture(NOT_PUBLISHED)
                        : backends.publish(owner, found.get()))
                .handle((receivers, failure) -> orNone(receivers));
    }

    private static int orNone(@Nullable Integer receivers) {
        return receivers == null ? NOT_PUBLISHED : receivers;
    }

    private static Envelope envelope(Appended appended, LoggedEvent event) {
        return Envelope.stored(appended.epoch().number(), appended.seq(), appended.storedAt(), event);
    }
}
