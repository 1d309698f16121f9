package io.webchat.core.internal.send;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Deletion;
import io.webchat.core.events.LoggedEvent;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.UserId;
import io.webchat.core.internal.backend.BackendCalls;
import io.webchat.core.spi.calllog.ContentDigest;
import io.webchat.core.spi.queue.Appended;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Records messages in the call log, each once. The queue recognises a resend, unless it lost its data since the first
 * attempt, or has forgotten it. So the call log is asked for that attempt if the queue is new, or if the message was
 * sent first long ago. It is asked for each resend, too: the queue may have got the message again in a new epoch, and
 * so at a later time than the call log.
 */
final class MessageRecorder {
    /**
     * Clients send again at once when they are connected again, and most of them are by then. The clock of a client may
     * be ahead by this time, too.
     */
    private static final Duration NEW = Duration.ofSeconds(10);

    /** A queue that gets many events forgets the old ones sooner than after a day. */
    private static final Duration LATE = Duration.ofMinutes(10);

    /** Queues recognise resends for a day; so the first attempt is not older. */
    private static final Duration RESENDS = Duration.ofHours(25);

    private final BackendCalls backends;

    MessageRecorder(BackendCalls backends) {
        this.backends = backends;
    }

    /**
     * A message as the call log has it, or will have it.
     *
     * @param time its time there
     * @param deletion its deletion since the first attempt; null if it was not deleted
     */
    record Logged(long time, @Nullable Deletion deletion) {}

    /** Records a message at this time, which {@link #find} has returned. */
    CompletableFuture<Long> record(ChatEvent.Message message, Appended appended, long time) {
        boolean known = appended.duplicate() || time != appended.storedAt();
        return backends.recordMessage(message, time, known).thenApply(done -> time);
    }

    /**
     * Finds the message in the call log: the first attempt, or else it will get the time that it has in the queue.
     * Fails with {@code unavailable} if the call log does not answer: it may have a deletion of the message.
     */
    CompletableFuture<Logged> find(ChatEvent.Message message, Appended appended) {
        Logged asQueued = new Logged(appended.storedAt(), null);
        if (!backends.logComplete() || !mayBeThere(message, appended)) {
            return CompletableFuture.completedFuture(asQueued);
        }
        return backends.find(message.conversation(), message.from(), message.id())
                .thenApply(found -> found.filter(first -> isSame(first, message))
                        .map(first ->
                                new Logged(first.storedAt(), first.message().deletion()))
                        .orElse(asQueued));
    }

    /** Returns the time of the amendment in the call log; fails as {@link #find} does. */
    CompletableFuture<Long> timeOf(Amendment amendment, Appended appended) {
        return mayBeThere(amendment, appended)
                ? recordedAt(amendment).thenApply(found -> found > 0 ? found : appended.storedAt())
                : CompletableFuture.completedFuture(appended.storedAt());
    }

    /**
     * Returns the time of an amendment in the call log if it was sent first some time ago, and recorded; 0 otherwise.
     * Its queue may have lost it. In the new queue it must not look younger than the amendments that came after it.
     */
    CompletableFuture<Long> earlierTimeOf(Amendment amendment) {
        long age = System.currentTimeMillis() - sentAt(amendment);
        return age > NEW.toMillis() ? recordedAt(amendment) : CompletableFuture.completedFuture(0L);
    }

    /**
     * Takes a deleted message out of a queue that has got it again, because it had lost the message and its deletion.
     * The queue then has what the first deletion left there. A queue that recognised the resend has that already.
     *
     * @param message the message as it was appended there
     * @param deletion its deletion, as the call log has it
     */
    CompletableFuture<Void> takeOut(UserId owner, ChatEvent.Message message, Appended appended, Deletion deletion) {
        if (appended.duplicate()) {
            return CompletableFuture.completedFuture(null);
        }
        Amendment again = Amendment.by(message.from())
                .of(message)
                .id(message.id())
                .delete()
                .copyTo(message.to(), deletion.at());
        DeviceId device = message.fromDevice();
        return backends.append(owner, device == null ? again : again.copyFrom(device))
                .thenApply(done -> null);
    }

    /** The refusal of a message that was deleted. */
    static ChatException deleted() {
        return new ChatException(ErrorCode.NOT_FOUND, "this message was deleted");
    }

    private CompletableFuture<Long> recordedAt(Amendment amendment) {
        if (!backends.logComplete()) {
            return CompletableFuture.completedFuture(0L);
        }
        long since = System.currentTimeMillis() - RESENDS.toMillis();
        return backends.timeOf(amendment, since).thenApply(found -> found.orElse(0L));
    }

    private static boolean isSame(LoggedMessage first, ChatEvent.Message message) {
        return first.message().deletion() != null
                || ContentDigest.of(first.message()).equals(ContentDigest.of(message));
    }

    /** Whether an earlier attempt may have recorded the event. All times but that of the sender are the queue's. */
    private static boolean mayBeThere(LoggedEvent event, Appended appended) {
        long storedAt = appended.storedAt();
        long soonAfterBegin = appended.epoch().number() / 1000 + NEW.toMillis();
        long sentAt = sentAt(event);
        return appended.duplicate()
                || !appended.epoch().restored()
                || storedAt < soonAfterBegin
                || sentAt < soonAfterBegin
                || sentAt < storedAt - LATE.toMillis();
    }

    /** The time of the first attempt by the clock of the sender, Unix milliseconds. */
    private static long sentAt(LoggedEvent event) {
        return TimeUnit.SECONDS.toMillis(event.timestamp());
    }
}
