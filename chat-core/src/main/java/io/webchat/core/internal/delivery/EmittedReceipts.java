package io.webchat.core.internal.delivery;

/** Tells which of the emitted receipts have arrived. Clients do not confirm them one by one, so numbers are enough. */
final class EmittedReceipts {
    private long lastSeq;
    /** All receipts up to this Seq have arrived. */
    private long arrivedSeq;

    private long emittedAtHeartbeat;

    /** A receipt is being emitted. */
    void onEmitted(long seq) {
        lastSeq = seq;
    }

    /** The client acknowledged the event with this Seq: all receipts emitted before it have arrived. */
    void onAcknowledged(long seq) {
        arrivedSeq = Math.max(arrivedSeq, seq);
    }

    /** See {@link DeliveryWindow#onHeartbeat}. */
    void onHeartbeat(long emittedSeq) {
        arrivedSeq = Math.max(arrivedSeq, emittedAtHeartbeat);
        emittedAtHeartbeat = emittedSeq;
    }

    /** The Seq that the cursor must not pass; {@link Long#MAX_VALUE} if all receipts have arrived. */
    long limit() {
        return lastSeq > arrivedSeq ? arrivedSeq : Long.MAX_VALUE;
    }

    void clear() {
        lastSeq = 0;
        arrivedSeq = 0;
        emittedAtHeartbeat = 0;
    }
}
