package io.webchat.core.spi.queue;

/**
 * The outcome of restoring a queue.
 *
 * @param present whether the epoch is the present one, so that it is restored now. If not, the call had no effect
 * @param linked the number of messages and amendments that were linked; 0 if the epoch was restored before
 */
public record RestoreOutcome(boolean present, int linked) {
    /** The epoch is not the present one. */
    public static final RestoreOutcome OTHER_EPOCH = new RestoreOutcome(false, 0);

    /** The epoch is restored, and so many messages and amendments were linked. */
    public static RestoreOutcome linked(int number) {
        return new RestoreOutcome(true, number);
    }
}
