package io.webchat.core.internal.delivery;

import io.webchat.core.events.Envelope;

/** The session as seen by its {@link Delivery}: the way out to the client, and the reports back. */
public interface Outlet {
    /** Whether the connection accepts another event now. */
    boolean isWritable();

    /** Emits the event to the client. */
    void emit(Envelope envelope);

    /** Confirms a message that the client already has, as if the client had confirmed it. */
    void confirm(long seq);

    /** Called when Seqs were skipped, so that the device's cursor may move. */
    void advanceCursor();

    /**
     * Called with each reading of the queue.
     *
     * @param devices the number of the user's devices that the queue knows
     */
    void onDeviceCount(int devices);
}
