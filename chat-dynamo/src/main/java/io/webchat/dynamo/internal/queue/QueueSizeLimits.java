package io.webchat.dynamo.internal.queue;

import io.webchat.core.ChatEvent;
import io.webchat.core.ChatException;
import io.webchat.core.Envelope;
import io.webchat.core.ErrorCode;
import io.webchat.core.EventCodec;
import io.webchat.core.spi.QueueLimits;

/** What fits in an item, of which DynamoDB takes 400 KB: the devices and one event must. */
final class QueueSizeLimits {
    static final int MAX_EVENT = 350_000;
    static final int MAX_DEVICES = 256;

    /** Seq, time, and what else the wire form of a stored event has. */
    private static final int PLACE = 60;

    private QueueSizeLimits() {}

    /** The bytes of the event when it is stored. */
    static int of(ChatEvent event) {
        int bytes = EventCodec.encode(Envelope.passing(event)).length + PLACE;
        if (bytes > MAX_EVENT) {
            throw new ChatException(ErrorCode.TOO_LARGE, "the queue takes events of up to 350 000 bytes, not " + bytes);
        }
        return bytes;
    }

    static QueueLimits checked(QueueLimits limits) {
        if (limits.maxDevices() > MAX_DEVICES) {
            throw new IllegalArgumentException("a queue in DynamoDB knows at most " + MAX_DEVICES + " devices");
        }
        return limits;
    }
}
