package io.webchat.dynamo.internal.queue;

import io.webchat.dynamo.internal.table.DynamoErrors;
import java.util.concurrent.CompletableFuture;

/** A call to a queue, with the caller waiting for its answer. */
abstract class QueueCall<T> {
    final CompletableFuture<T> answer = new CompletableFuture<>();
    /** The {@link System#nanoTime} after which the caller no longer waits. */
    final long deadline;
    /** The memory that the call holds, in bytes. */
    final int bytes;

    QueueCall(long deadline, int bytes) {
        this.deadline = deadline;
        this.bytes = bytes;
    }

    boolean overdue() {
        return System.nanoTime() - deadline >= 0;
    }

    void fail(Throwable failure) {
        answer.completeExceptionally(DynamoErrors.toCaller(failure));
    }
}
