package io.webchat.core.internal.events;

import io.webchat.core.SendResult;
import io.webchat.core.events.LoggedEvent;
import io.webchat.core.internal.async.Completions;
import io.webchat.core.internal.events.ConversationOrder.Turn;
import io.webchat.core.spi.queue.Appended;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The report about one message or amendment, from its first append until its acknowledgement. */
public final class MessageReport {
    /** The report of a chat without a listener. */
    static final MessageReport NONE = new MessageReport(null, null, null);

    private final @Nullable CommittedEvents events;
    private final @Nullable Turn turn;
    /** The event in the form in which it is reported. */
    private volatile @Nullable LoggedEvent message;

    private volatile boolean isNew;

    MessageReport(@Nullable CommittedEvents events, @Nullable Turn turn, @Nullable LoggedEvent message) {
        this.events = events;
        this.turn = turn;
        this.message = message;
    }

    /** The message is in its first queue. */
    public void onAppended(Appended appended) {
        isNew = !appended.duplicate();
    }

    /** The message is stored in this form, perhaps since an earlier attempt. */
    public void onStored(LoggedEvent stored) {
        if (events != null) {
            message = stored;
        }
    }

    /** The message has this time in the call log. A time other than that of its queue is that of a first attempt. */
    public void onTime(Appended appended, long time) {
        isNew = isNew && time == appended.storedAt();
    }

    /** Ends the report when the message is acknowledged or has failed; returns the answer. */
    public CompletableFuture<SendResult> until(CompletableFuture<SendResult> answer) {
        CommittedEvents to = events;
        Turn ending = turn;
        if (to == null || ending == null) {
            return answer;
        }
        Completions.whenDone(
                answer, (result, failure) -> to.end(ending, Objects.requireNonNull(message), isNew, result));
        return answer;
    }
}
