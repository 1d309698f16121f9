package io.webchat.core.engine.recovery;

import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.queue.Appended;
import io.webchat.core.spi.queue.AttachedDevice;
import io.webchat.core.spi.queue.OfflineQueue;
import io.webchat.core.spi.queue.QueueSlice;
import io.webchat.core.spi.queue.RestoreOutcome;
import io.webchat.core.spi.queue.UndeliveredMessages;
import java.util.concurrent.CompletionStage;

/** Two shards: one has the queue of a single user, the other one has all other queues. */
record ShardedQueue(UserId user, OfflineQueue ofUser, OfflineQueue ofOthers) implements OfflineQueue {
    private OfflineQueue of(UserId owner) {
        return owner.equals(user) ? ofUser : ofOthers;
    }

    @Override
    public CompletionStage<AttachedDevice> attach(UserId owner, DeviceId device, long after) {
        return of(owner).attach(owner, device, after);
    }

    @Override
    public CompletionStage<Appended> append(UserId owner, ChatEvent event, long after) {
        return of(owner).append(owner, event, after);
    }

    @Override
    public CompletionStage<QueueSlice> read(UserId owner, long after, int limit) {
        return of(owner).read(owner, after, limit);
    }

    @Override
    public CompletionStage<Boolean> confirm(UserId owner, DeviceId device, long epoch, long upTo) {
        return of(owner).confirm(owner, device, epoch, upTo);
    }

    @Override
    public CompletionStage<RestoreOutcome> restore(UserId owner, long epoch, UndeliveredMessages undelivered) {
        return of(owner).restore(owner, epoch, undelivered);
    }
}
