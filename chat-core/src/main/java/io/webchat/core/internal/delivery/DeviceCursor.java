package io.webchat.core.internal.delivery;

import io.webchat.core.DeviceId;
import io.webchat.core.UserId;
import io.webchat.core.internal.backend.BackendCalls;
import io.webchat.core.spi.Attachment;
import java.util.concurrent.CompletableFuture;

/** One device's cursor in its user's queue. */
public final class DeviceCursor {
    /**
     * A Seq below the head of any queue. A device that is new to the queue begins with a gap there. So messages from
     * the call log can be restored in front of the queue.
     */
    private static final long FROM_THE_BEGINNING = 1;

    private final BackendCalls backends;
    private final UserId user;
    private final DeviceId device;

    /** The cursor of this device. */
    public DeviceCursor(BackendCalls backends, UserId user, DeviceId device) {
        this.backends = backends;
        this.user = user;
        this.device = device;
    }

    /** Whether a device at this Seq has received something before, so that it can notice a gap. */
    static boolean hasHistory(long seq) {
        return seq > FROM_THE_BEGINNING;
    }

    /**
     * Attaches the device to the queue when its session opens. A device that the queue does not know begins with a gap.
     *
     * @param after the last Seq that the device has; 0 for none
     */
    public CompletableFuture<Attachment> open(long after) {
        return attach(Math.max(after, FROM_THE_BEGINNING));
    }

    /**
     * Attaches the device to the queue.
     *
     * @param after the last Seq that the device has; with 0 a device that the queue does not know begins at its head
     */
    CompletableFuture<Attachment> attach(long after) {
        return backends.attach(user, device, after);
    }

    /**
     * Moves the cursor up to this Seq. A device that the queue has forgotten is attached again; otherwise the queue
     * would deliver everything to it again.
     */
    CompletableFuture<Boolean> moveTo(long seq) {
        CompletableFuture<Boolean> known = backends.confirm(user, device, seq);
        return known.thenCompose(is ->
                is ? known : attach(FROM_THE_BEGINNING).thenCompose(attached -> backends.confirm(user, device, seq)));
    }
}
