package io.webchat.core.internal.send;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.internal.backend.BackendCalls;
import io.webchat.core.spi.calllog.ContentDigest;
import io.webchat.core.spi.queue.Appended;
import io.webchat.core.spi.queue.QueueEpoch;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Records messages in the call log, each once. The queue recognises a resend, unless it lost its data since the first
 * attempt. So while a queue is new, the call log is asked for that attempt. It is asked for each resend, too: the queue
 * may have got the message again in a new epoch, and so at a later time than the call log.
 */
final class MessageRecorder {
    /** Clients send again at once when they are connected again, and most of them are by then. */
    private static final Duration NEW = Duration.ofSeconds(10);

    /** Queues recognise resends for a day; so the first attempt is not older. */
    private static final Duration RESENDS = Duration.ofHours(25);

    private final BackendCalls backends;

    MessageRecorder(BackendCalls backends) {
        this.backends = backends;
    }

    /** Records a message; returns its time in the call log. */
    CompletableFuture<Long> record(ChatEvent.Message message, Appended appended) {
        return timeOf(message, appended).thenCompose(time -> record(message, appended, time));
    }

    /** Records a message at this time, which {@link #timeOf} has returned. */
    CompletableFuture<Long> record(ChatEvent.Message message, Appended appended, long time) {
        boolean known = appended.duplicate() || time != appended.storedAt();
        return backends.recordMessage(message, time, known).thenApply(done -> time);
    }

    /**
     * Returns the time of the message in the call log: that of a recorded first attempt, or else its time in the queue.
     * A call log that does not answer has none: a second record is no worse than a refused message.
     *
     * <p>A message that was deleted, and that the queue had lost and does not know any more, is taken out of the queue
     * again. The send then fails with {@code not_found}.
     */
    CompletableFuture<Long> timeOf(ChatEvent.Message message, Appended appended) {
        boolean mayBeThere = appended.duplicate() || isNew(appended.epoch());
        if (!backends.logComplete() || !mayBeThere) {
            return CompletableFuture.completedFuture(appended.storedAt());
        }
        return backends.find(message.conversation(), message.from(), message.id())
                .exceptionally(failure -> Optional.empty())
                .thenCompose(found -> wasDeleted(found) && !appended.duplicate()
                        ? takeOut(message)
                                .thenCompose(done -> CompletableFuture.failedFuture(
                                        new ChatException(ErrorCode.NOT_FOUND, "this message was deleted")))
                        : CompletableFuture.completedFuture(found.filter(first -> isSame(first, message))
                                .map(LoggedMessage::storedAt)
                                .orElse(appended.storedAt())));
    }

    private static boolean wasDeleted(Optional<LoggedMessage> found) {
        return found.isPresent() && found.get().message().deletion() != null;
    }

    /** Deletes the message in its queue, as the first deletion did before the queue was lost. */
    private CompletableFuture<Appended> takeOut(ChatEvent.Message message) {
        Amendment deletion =
                Amendment.by(message.from()).of(message).id(message.id()).delete();
        return backends.append(message.to(), deletion.copyTo(message.to(), 0));
    }

    /** Returns the time of the amendment in the call log; see {@link #timeOf(ChatEvent.Message, Appended)}. */
    CompletableFuture<Long> timeOf(Amendment amendment, Appended appended) {
        boolean mayBeThere = appended.duplicate() || isNew(appended.epoch());
        if (!backends.logComplete() || !mayBeThere) {
            return CompletableFuture.completedFuture(appended.storedAt());
        }
        long since = System.currentTimeMillis() - RESENDS.toMillis();
        return backends.timeOf(amendment, since)
                .exceptionally(failure -> Optional.empty())
                .thenApply(found -> found.orElse(appended.storedAt()));
    }

    private static boolean isSame(LoggedMessage first, ChatEvent.Message message) {
        return first.message().deletion() != null
                || ContentDigest.of(first.message()).equals(ContentDigest.of(message));
    }

    private static boolean isNew(QueueEpoch epoch) {
        long age = System.currentTimeMillis() - epoch.number() / 1000;
        return !epoch.restored() || (age < NEW.toMillis() && age > -NEW.toMillis());
    }
}
