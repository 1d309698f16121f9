package io.webchat.dynamo.internal.queue;

import io.webchat.dynamo.internal.table.DynamoErrors;
import java.util.concurrent.CompletableFuture;

/** What somebody asked of a queue, and waits for. */
abstract class QueueCall<T> {
    final CompletableFuture<T> answer = new CompletableFuture<>();
    /** After which time of {@link System#nanoTime} nobody waits any more. */
    final long deadline;
    /** What it holds in memory. */
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
