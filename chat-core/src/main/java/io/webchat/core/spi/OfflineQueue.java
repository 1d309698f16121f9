package io.webchat.core.spi;

import io.webchat.core.ChatEvent;
import io.webchat.core.DeviceId;
import io.webchat.core.UserId;
import java.util.concurrent.CompletionStage;

/**
 * The offline queues: for each user a linked list of events, oldest first. An event stays until all devices of the user
 * have confirmed it. Every method is one atomic step with respect to the others on the same user, on any node. Calls of
 * one caller for one user take effect in their order.
 *
 * <p>The Seqs of one user are consecutive and start at the clock's microseconds when the queue is created. They never
 * go back, not even after the queue lost its data. {@code storedAt} grows strictly with the Seq.
 *
 * <p>The list is bounded in length and age. When it is full or events are too old, the oldest events are removed;
 * {@link QueueSlice#first} shows that to the reader. A device that was not seen for a long time is forgotten, and
 * events that only it had not confirmed are removed. After the last device of a user is forgotten, the user's events
 * stay.
 */
public interface OfflineQueue {
    /**
     * Attaches a device: the queue knows it from now on, and gives it a new generation.
     *
     * <p>A new device starts at the head of the list, so it gets all events. A known device goes on after its last
     * confirmed event. A new device whose {@code after} is below the head starts there, so that it can notice the
     * missing events. When the user already has the largest number of devices, the device that was not seen for the
     * longest time is forgotten.
     *
     * @param after the last Seq that the device claims to have, 0 for none; it confirms nothing, because the receipts
     *     must be stored first
     */
    CompletionStage<Attachment> attach(UserId user, DeviceId device, long after);

    /**
     * Appends the event at the tail, unless it is a resend.
     *
     * <p>A message is a resend if the same sender gave this queue a message with the same id and recipient within the
     * dedupe window. The recipient is another user when the queue holds a copy for the sender's own devices. With the
     * same room and text, the call returns the Seq of the first message and stores nothing; the {@code timestamp} may
     * differ. With another room or text, the call fails with {@code conflict}.
     *
     * <p>A receipt is a resend if the same reader gave a receipt for the same message before. Its kind must be the same
     * or lower ({@code DELIVERY} is lower than {@code DISPLAY}).
     *
     * @return fails with {@code conflict}, and with {@code queue_full} when the backend as a whole has no capacity
     */
    CompletionStage<Appended> append(UserId user, ChatEvent event);

    /** Reads up to {@code limit} events behind {@code after}, in order; changes nothing. */
    CompletionStage<QueueSlice> read(UserId user, long after, int limit);

    /**
     * Moves the device's cursor forward to {@code upTo}, and removes the events at the head that all devices have
     * confirmed. An unknown device, or a Seq that the queue has not assigned yet, has no effect. A Seq below the head
     * moves the cursor like any other: the engine assigns those Seqs to messages that it restores.
     *
     * @return whether the device is known; an unknown device was forgotten, or the queue lost its data, and it must
     *     attach again
     */
    CompletionStage<Boolean> confirm(UserId user, DeviceId device, long upTo);
}
