package io.webchat.dynamo.internal.queue;

import io.webchat.core.ChatException;
import io.webchat.core.spi.support.EventFingerprint;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A call that changes a queue, together with the other calls of its round. */
final class QueueWrite<T> extends QueueCall<T> {
    /** The change to the state of the queue; it is repeated if another node was faster. */
    interface Step<T> {
        T apply(QueueState state, @Nullable QueueEntry before, long micros);
    }

    /** The fingerprint of the event to append, or null. */
    final @Nullable EventFingerprint sent;

    private final Step<T> step;

    QueueWrite(Step<T> step, @Nullable EventFingerprint sent, int bytes, long deadline) {
        super(deadline, bytes);
        this.step = step;
        this.sent = sent;
    }

    /** Applies the change. The returned task answers the caller; it runs once the change is durable. */
    Runnable take(QueueState state, Map<String, QueueEntry> before, long micros) {
        try {
            T result = step.apply(state, sent == null ? null : before.get(sent.name()), micros);
            return () -> answer.complete(result);
        } catch (ChatException refused) {
            return () -> answer.completeExceptionally(refused);
        }
    }
}
