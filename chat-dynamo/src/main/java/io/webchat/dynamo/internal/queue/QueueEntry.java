package io.webchat.dynamo.internal.queue;

import io.webchat.core.spi.support.EventFingerprint;

/**
 * An event in a queue.
 *
 * @param seq its position
 * @param storedAt the time at which it was stored, Unix milliseconds
 * @param sent the fingerprint that recognises a resend
 * @param event its wire form; empty if no device needs it any more
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and shared on purpose.
record QueueEntry(long seq, long storedAt, EventFingerprint sent, byte[] event) {
    private static final byte[] NOTHING = new byte[0];

    static QueueEntry withoutEvent(long seq, long storedAt, EventFingerprint sent) {
        return new QueueEntry(seq, storedAt, sent, NOTHING);
    }
}
