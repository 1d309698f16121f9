package io.webchat.core.engine;

import io.webchat.core.ChatEvent;
import io.webchat.core.DeviceId;
import io.webchat.core.UserId;
import io.webchat.core.spi.Appended;
import io.webchat.core.spi.Attachment;
import io.webchat.core.spi.OfflineQueue;
import io.webchat.core.spi.QueueSlice;
import java.util.concurrent.CompletionStage;

/** A queue each of whose steps can fail. */
final class FaultyQueue implements OfflineQueue {
    final Faults attaching;
    final Faults messages;
    final Faults receipts;
    final Faults reading;
    final Faults confirming;
    private final OfflineQueue queue;

    FaultyQueue(OfflineQueue queue) {
        this(queue, new Faults(), new Faults(), new Faults(), new Faults(), new Faults());
    }

    private FaultyQueue(
            OfflineQueue queue, Faults attaching, Faults messages, Faults receipts, Faults reading, Faults confirming) {
        this.queue = queue;
        this.attaching = attaching;
        this.messages = messages;
        this.receipts = receipts;
        this.reading = reading;
        this.confirming = confirming;
    }

    /** Another node's queue, with the same faults. */
    FaultyQueue over(OfflineQueue another) {
        return new FaultyQueue(another, attaching, messages, receipts, reading, confirming);
    }

    @Override
    public CompletionStage<Attachment> attach(UserId user, DeviceId device, long after) {
        return attaching.apply(() -> queue.attach(user, device, after));
    }

    @Override
    public CompletionStage<Appended> append(UserId user, ChatEvent event) {
        Faults faults = event.kind().receipt() ? receipts : messages;
        return faults.apply(() -> queue.append(user, event));
    }

    @Override
    public CompletionStage<QueueSlice> read(UserId user, long after, int limit) {
        return reading.apply(() -> queue.read(user, after, limit));
    }

    @Override
    public CompletionStage<Boolean> confirm(UserId user, DeviceId device, long upTo) {
        return confirming.apply(() -> queue.confirm(user, device, upTo));
    }
}
