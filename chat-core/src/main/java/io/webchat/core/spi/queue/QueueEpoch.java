package io.webchat.core.spi.queue;

/**
 * The epoch of a queue. A queue begins an epoch when it is created, and when its server may have lost some of its last
 * events: after a failover, a restart, or the restore of a backup. The events that it still has stay.
 *
 * <p>A new epoch does not know which messages were lost. So it is not restored at first, and nobody delivers from it or
 * confirms in it until {@link OfflineQueue#restore} has put the lost messages back.
 *
 * <p>Example: the queue of Bob has the Seqs 100 to 109 in the epoch 100. Its server comes back with the events 100 to
 * 106 only. It begins the epoch 5000: the seven events have the Seqs 4993 to 4999 now, and the next event gets 5000.
 * The call log has the three lost messages. After their restore, the seven events have the Seqs 4990 to 4996, and the
 * three messages have the Seqs 4997 to 4999.
 *
 * @param number the Seq of the first event that is appended in this epoch: the time of its begin in microseconds, and
 *     above every Seq of the earlier epochs. 0 for a queue that does not exist, and for a backend without epochs
 * @param restored whether the lost messages are back
 */
public record QueueEpoch(long number, boolean restored) {
    /** The epoch of a backend without epochs: its queues count as restored always. */
    public static final QueueEpoch CONSTANT = new QueueEpoch(0, true);

    /** The epoch of a queue that does not exist. */
    public static final QueueEpoch NONE = new QueueEpoch(0, false);
}
