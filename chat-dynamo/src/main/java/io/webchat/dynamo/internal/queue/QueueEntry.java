package io.webchat.dynamo.internal.queue;

import io.webchat.core.spi.support.EventFingerprint;

/**
 * What was appended to a queue.
 *
 * @param seq its place
 * @param storedAt when it was stored, Unix milliseconds
 * @param sent what a resend of it is known by
 * @param event its wire form; empty where nobody waits for it any more, or where it is not needed
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and shared on purpose.
record QueueEntry(long seq, long storedAt, EventFingerprint sent, byte[] event) {
    private static final byte[] NOTHING = new byte[0];

    static QueueEntry withoutEvent(long seq, long storedAt, EventFingerprint sent) {
        return new QueueEntry(seq, storedAt, sent, NOTHING);
    }
}
