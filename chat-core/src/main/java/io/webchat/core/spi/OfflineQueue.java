package io.webchat.core.spi;

import io.webchat.core.ChatEvent;
import io.webchat.core.DeviceId;
import io.webchat.core.UserId;
import java.util.concurrent.CompletionStage;

/**
 * Per user a linked list of events, oldest first, each kept until all of the user's devices confirmed it.
 * Every method is one atomic step with regard to the others on the same user, from whatever node; calls of
 * one caller for one user take effect in their order.
 *
 * <p>Seqs of one user are consecutive, start at the clock's microseconds when the queue is created, and
 * never go back, not even after the queue lost its data. {@code storedAt} grows strictly with the Seq.
 *
 * <p>The list is bounded in length and age: the oldest events go, and {@link QueueSlice#first} tells the
 * reader. Devices not seen for long are forgotten, and what only they had not confirmed goes with them;
 * what waits for a user whose last device is forgotten stays.
 */
public interface OfflineQueue {
    /**
     * Makes the device known, as of now, and gives it a new generation.
     *
     * <p>A new device starts at the head of the list: it gets all that is still waiting. A known one goes
     * on behind what it confirmed. {@code after} is the last Seq that the device says it has, 0 for none. It
     * confirms nothing here, since receipts come first; a new device that names a place below the head
     * starts there, so that it can tell that it missed something. Where the user has as many devices as may be,
     * the one not seen for the longest is forgotten for it.
     */
    CompletionStage<Attachment> attach(UserId user, DeviceId device, long after);

    /**
     * Links the event at the tail, unless it is a resend.
     *
     * <p>A message is a resend when the same sender gave this user's queue a message with the same id and
     * recipient (it is another than this user where the sender's own devices get a copy) within the dedupe
     * window, with the same room and text ({@code timestamp} does not matter): the first
     * one's place is returned and nothing is stored. With another room or text it is a conflict. A receipt
     * is a resend when the same reader gave one of the same or a higher kind ({@code DISPLAY} over {@code
     * DELIVERY}) for the same message.
     *
     * @return fails with {@code conflict}; with {@code queue_full} where the backend as a whole cannot take
     *     more
     */
    CompletionStage<Appended> append(UserId user, ChatEvent event);

    /** Up to {@code limit} events behind {@code after}, in order; changes nothing. */
    CompletionStage<QueueSlice> read(UserId user, long after, int limit);

    /**
     * Moves the device's cursor up to {@code upTo}, never back, and unlinks the head of the list as far as
     * every device confirmed it. A device that is not known, or a Seq that is yet to come, changes nothing. A Seq below
     * the head moves the cursor like any other: such places are given to what the call log has of a lost queue.
     *
     * @return whether the device is known; one that is not was forgotten, or the queue lost its data, and has to attach
     *     again
     */
    CompletionStage<Boolean> confirm(UserId user, DeviceId device, long upTo);
}
