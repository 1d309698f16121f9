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
    final Faults attaching = new Faults();
    final Faults messages = new Faults();
    final Faults receipts = new Faults();
    final Faults reading = new Faults();
    final Faults confirming = new Faults();
    private final OfflineQueue queue;

    FaultyQueue(OfflineQueue queue) {
        this.queue = queue;
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
    public CompletionStage<Void> confirm(UserId user, DeviceId device, long upTo) {
        return confirming.apply(() -> queue.confirm(user, device, upTo));
    }
}
