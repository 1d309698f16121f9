package io.webchat.dynamo.internal.queue;

import io.webchat.core.spi.QueueSlice;

/** A read of up to {@code limit} events behind {@code after}. */
final class QueueRead extends QueueCall<QueueSlice> {
    final long after;
    final int limit;

    QueueRead(long after, int limit, long deadline) {
        super(deadline, 0);
        this.after = after;
        this.limit = limit;
    }
}
