package io.webchat.dynamo.internal.queue;

import io.webchat.core.ChatException;
import io.webchat.core.spi.support.EventFingerprint;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A step that changes a queue, together with what is taken from the queue in the same round. */
final class QueueWrite<T> extends QueueCall<T> {
    /** What the step does to the head of the queue; it is repeated where another node was faster. */
    interface Step<T> {
        T apply(QueueState state, @Nullable QueueEntry before, long micros);
    }

    /** What it appends, or null. */
    final @Nullable EventFingerprint sent;

    private final Step<T> step;

    QueueWrite(Step<T> step, @Nullable EventFingerprint sent, int bytes, long deadline) {
        super(deadline, bytes);
        this.step = step;
        this.sent = sent;
    }

    /** Takes the step; what comes back answers the caller, once it is durable. */
    Runnable take(QueueState state, Map<String, QueueEntry> before, long micros) {
        try {
            T result = step.apply(state, sent == null ? null : before.get(sent.name()), micros);
            return () -> answer.complete(result);
        } catch (ChatException refused) {
            return () -> answer.completeExceptionally(refused);
        }
    }
}
