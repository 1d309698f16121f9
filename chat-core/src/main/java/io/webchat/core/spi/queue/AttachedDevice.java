package io.webchat.core.spi.queue;

/**
 * The state of a device after it was attached to its user's queue.
 *
 * @param epoch the present epoch of the queue
 * @param start the lowest Seq that this epoch has assigned, or will assign first. It moves down once, when the epoch is
 *     restored
 * @param cursor the Seq up to which the device has confirmed. While the epoch is not restored, it may move down
 * @param generation a number that grows with each attach of the device, also after a restart and in a new epoch
 * @param devices the number of devices of the user that the queue knows, including this one
 * @param mayHaveMissed whether the queue knew the device in an earlier epoch, and this is the first attach since that
 *     epoch's events may have been lost. While the epoch is not restored, each attach says so
 */
public record AttachedDevice(
        QueueEpoch epoch, long start, long cursor, long generation, int devices, boolean mayHaveMissed) {
    /** The state in a backend without epochs. */
    public AttachedDevice(long cursor, long generation, int devices) {
        this(QueueEpoch.CONSTANT, 0, cursor, generation, devices, false);
    }

    /** Whether the Seq was assigned in an earlier epoch, so that it names no position in this one; false for 0. */
    public boolean isOfEarlierEpoch(long seq) {
        return seq > 0 && seq < start - 1;
    }
}
