package io.webchat.core.spi.queue;

import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.UserId;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/**
 * An ability of an {@link OfflineQueue}: it tells when a user was connected last. A queue knows each device and when it
 * was seen, because it forgets devices that were not seen for a long time. So the time lasts as long as the device, and
 * {@link QueueRemoval#clear} removes it.
 *
 * <p>All times are those of the queue's own clock, not of the nodes that call it.
 */
public interface LastSeenTimes {
    /**
     * Notes that a session of the device has ended now. {@link OfflineQueue#attach} and {@link OfflineQueue#confirm}
     * note such a time, too: so a device whose node died was seen at its last confirmation, or later. The time of a
     * device never goes back in this step. A device that the queue does not know stays unknown. Repeating it is safe.
     */
    CompletionStage<Void> leave(UserId user, DeviceId device);

    /**
     * Returns the latest time at which a device of the user attached, confirmed or left, in Unix milliseconds. It
     * changes nothing.
     *
     * @return empty if the queue knows no device of the user that was seen within {@link QueueLimits#deviceAge}
     */
    CompletionStage<OptionalLong> lastSeen(UserId user);
}
