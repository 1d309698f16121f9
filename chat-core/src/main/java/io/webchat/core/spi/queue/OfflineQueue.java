package io.webchat.core.spi.queue;

import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.UserId;
import java.util.concurrent.CompletionStage;

/**
 * The offline queues: for each user a linked list of events, oldest first. An event stays until all devices of the user
 * have confirmed it. Every method is one atomic step with respect to the others on the same user, on any node. Calls of
 * one caller for one user take effect in their order.
 *
 * <p>The Seqs of one user's queue are consecutive. The first event of an epoch gets the epoch's number as its Seq; see
 * {@link QueueEpoch}. Seqs never go back, not even after the queue lost its data: every Seq of an epoch is above every
 * Seq of the earlier epochs. {@code storedAt} grows strictly with the Seq of appended events.
 *
 * <p>Each step first checks whether the server is still the one under which the queue was written last. If the server
 * may have lost events since, the step begins a new epoch before it does anything else. The events that the queue still
 * has keep their order and get the Seqs directly below the new epoch's number. The cursors of the devices move along
 * with their events. The memory of resends stays.
 *
 * <p>The list is bounded in length, bytes and age. When it is full or events are too old, the oldest events are
 * removed; {@link QueueSlice#first} shows that to the reader. A single event larger than the bound in bytes is kept
 * alone. A device that was not seen for a long time is forgotten, and events that only it had not confirmed are
 * removed. After the last device of a user is forgotten, the user's events stay.
 */
public interface OfflineQueue {
    /**
     * Attaches a device: the queue knows it from now on, and gives it a new generation.
     *
     * <p>A new device starts at the head of the list, so it gets all events. A known device goes on after its last
     * confirmed event. A new device whose {@code after} is a Seq of this epoch below the head starts there, so that it
     * can notice the missing events. An {@code after} of an earlier epoch has no effect; {@link
     * AttachedDevice#isOfEarlierEpoch} tells. A device that the queue knew in an earlier epoch may have missed events,
     * also if it claims nothing; {@link AttachedDevice#mayHaveMissed} tells until the device attaches to the restored
     * epoch. When the user already has the largest number of devices, the device that was not seen for the longest time
     * is forgotten.
     *
     * @param after the last Seq that the device claims to have, 0 for none; it confirms nothing, because the receipts
     *     must be stored first
     */
    CompletionStage<AttachedDevice> attach(UserId user, DeviceId device, long after);

    /**
     * Appends the event at the tail, unless it is a resend. The epoch need not be restored: an appended event is
     * younger than the lost ones.
     *
     * <p>A message is a resend if the same sender gave this queue a message with the same id and recipient within the
     * dedupe window, or if such a message was restored. The recipient is another user when the queue holds a copy for
     * the sender's own devices. With the same room and text, the call returns the Seq and time of the first message and
     * stores nothing; the {@code timestamp} may differ. With another room or text, the call fails with {@code
     * conflict}.
     *
     * <p>A receipt is a resend if the same reader gave a receipt for the same message before. Its kind must be the same
     * or lower ({@code DELIVERY} is lower than {@code DISPLAY}).
     *
     * @param after a time, Unix milliseconds: a new event is stored later than that, although the clock of the queue
     *     may be behind; 0 for any time
     * @return fails with {@code conflict}, and with {@code queue_full} when the backend as a whole has no capacity
     */
    CompletionStage<Appended> append(UserId user, ChatEvent event, long after);

    /** Appends the event at the time of the queue's clock; see {@link #append(UserId, ChatEvent, long)}. */
    default CompletionStage<Appended> append(UserId user, ChatEvent event) {
        return append(user, event, 0);
    }

    /**
     * Reads up to {@code limit} events behind {@code after}, in order. It changes nothing and creates no queue, except
     * that it may begin a new epoch.
     */
    CompletionStage<QueueSlice> read(UserId user, long after, int limit);

    /**
     * Moves the device's cursor forward to {@code upTo}, and removes the events at the head that all devices have
     * confirmed. A Seq that the queue has not assigned yet, or that the device has confirmed already, has no effect.
     *
     * @param epoch the number of the epoch in which {@code upTo} was assigned
     * @return whether the device is known and this is the present epoch, and restored. Otherwise the call has no
     *     effect, and the device must attach again: it was forgotten, or the queue lost its data
     */
    CompletionStage<Boolean> confirm(UserId user, DeviceId device, long epoch, long upTo);

    /**
     * Puts lost messages back, and marks the epoch as restored, in one step.
     *
     * <ul>
     *   <li>The messages are linked in their order, directly before the first event of this epoch: at the head of a
     *       queue that was created anew, and behind the events of earlier epochs. The last one gets the Seq {@code
     *       epoch - 1}.
     *   <li>The exception are events of earlier epochs that ended before they were restored: messages that were lost
     *       before these events are still missing. So each message is linked before the first of these events that is
     *       younger, by {@link io.webchat.core.events.Envelope#loggedAt}. {@code epoch - 1} is the highest Seq of them
     *       all.
     *   <li>Left out is each message that the queue knows: one with the same sender, recipient and id was appended
     *       within the dedupe window. The queue remembers the others from now on, so a later append of one of them is a
     *       resend.
     *   <li>Left out are messages that the queue had once and that were confirmed or removed, although it remembers
     *       them no more. While a list with events of earlier epochs is full, these are the messages from before its
     *       first event. Beyond the dedupe window, they are the messages from more than two minutes before the queue
     *       knew for the last time, by an event or a device, that it was complete. If the oldest given message is left
     *       out so, no omitted message counts.
     *   <li>Each deletion is carried out in the whole queue before anything is linked, as by an append.
     *   <li>The events of this epoch keep their Seqs. The events of earlier epochs move down to make room, and so does
     *       each cursor below {@code epoch}, by the number of linked and omitted messages. Nobody has been given these
     *       Seqs yet.
     *   <li>{@code storedAt} of a linked message is its time in the call log, or the nearest time with which it never
     *       falls along the list. Later events get a higher one.
     *   <li>Afterwards the bounds hold as after an append: the oldest events go. Omitted messages count as removed by
     *       the bound. So if any are omitted, the older events of earlier epochs go too. Each device at a lower cursor
     *       then notices the missing events and their number.
     * </ul>
     *
     * <p>In an epoch that is restored already, the call has no effect. So it may be repeated, and made by several nodes
     * at once.
     *
     * @param epoch the number of the epoch that was not restored
     * @param undelivered the messages that the user has not received, as far as the caller knows
     * @return whether this is the present epoch, so that it is restored now, and the number of linked messages. If it
     *     is another epoch, the call has no effect, and the caller begins again
     */
    CompletionStage<RestoreOutcome> restore(UserId user, long epoch, UndeliveredMessages undelivered);
}
