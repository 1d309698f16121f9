package io.webchat.core.internal.delivery;

import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.UserId;
import io.webchat.core.internal.backend.BackendCalls;
import io.webchat.core.internal.restore.QueueRestorer;
import io.webchat.core.spi.queue.AttachedDevice;
import java.util.concurrent.CompletableFuture;

/** One device's cursor in its user's queue. */
public final class DeviceCursor {
    private final BackendCalls backends;
    private final QueueRestorer restorer;
    private final UserId user;
    private final DeviceId device;
    private volatile CompletableFuture<Void> left = CompletableFuture.completedFuture(null);

    /** The cursor of this device. */
    public DeviceCursor(BackendCalls backends, QueueRestorer restorer, UserId user, DeviceId device) {
        this.backends = backends;
        this.restorer = restorer;
        this.user = user;
        this.device = device;
    }

    /**
     * Attaches the device to the queue when its session opens. The queue may have to be restored before anything is
     * delivered from it.
     *
     * @param after the last Seq that the device has; 0 for none
     */
    public CompletableFuture<AttachedDevice> open(long after) {
        return backends.attach(user, device, after);
    }

    /**
     * Attaches the device to the queue again, after the queue is restored.
     *
     * @param after the last Seq that the device has; 0 for none
     */
    CompletableFuture<AttachedDevice> attach(long after) {
        return open(after)
                .thenCompose(attached -> attached.epoch().restored()
                        ? CompletableFuture.completedFuture(attached)
                        : restorer.restore(user, attached.epoch()).thenCompose(done -> attach(after)));
    }

    /**
     * Moves the cursor up to this Seq. A device that the queue has forgotten is attached again; otherwise the queue
     * would deliver everything to it again.
     *
     * @param epoch the epoch of the Seq
     * @return whether the queue is still in this epoch
     */
    CompletableFuture<Boolean> moveTo(long epoch, long seq) {
        CompletableFuture<Boolean> moved = backends.confirm(user, device, epoch, seq);
        return moved.thenCompose(is -> is
                ? moved
                : attach(0)
                        .thenCompose(attached -> attached.epoch().number() == epoch
                                ? backends.confirm(user, device, epoch, seq)
                                : CompletableFuture.completedFuture(false)));
    }

    /** The session has ended: the queue notes when. */
    void leave() {
        // After a failure, which is counted and logged there, the queue has an earlier time.
        left = backends.leave(user, device).exceptionally(failure -> null);
    }

    /** Completes when the queue has noted the end of the session, if it has ended; never fails. */
    public CompletableFuture<Void> left() {
        return left;
    }
}
