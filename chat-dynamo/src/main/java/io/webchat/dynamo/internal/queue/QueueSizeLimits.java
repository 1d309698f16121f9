package io.webchat.dynamo.internal.queue;

import io.webchat.core.ChatEvent;
import io.webchat.core.ChatException;
import io.webchat.core.Envelope;
import io.webchat.core.ErrorCode;
import io.webchat.core.EventCodec;
import io.webchat.core.spi.QueueLimits;

/** Limits that keep items below the 400 KB that DynamoDB takes: for the devices, and for one event. */
final class QueueSizeLimits {
    static final int MAX_EVENT = 350_000;
    static final int MAX_DEVICES = 256;

    /** The bytes of Seq, time and envelope in the wire form of a stored event. */
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
