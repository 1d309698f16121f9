package io.webchat.core.memory;

import io.webchat.core.events.Amendment;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.spi.support.EventFingerprint;
import java.nio.ByteBuffer;

/**
 * The {@linkplain EventFingerprint#name name} by which a queue recognises an event: sender, recipient, MsgID and kind,
 * digested. A queue remembers thousands of names for a day, so a name takes one small object and keeps no id alive.
 *
 * @param high the first 64 bits
 * @param low the other 64 bits
 */
record EventName(long high, long low) {
    /** Returns the name of a message, an amendment or a receipt. */
    static EventName of(ChatEvent event) {
        return of(EventFingerprint.nameBytes(event));
    }

    /** Returns the name of the message of this amendment in the queue of the amendment. */
    static EventName ofMessage(Amendment amendment) {
        return of(EventFingerprint.nameBytesOfMessage(amendment));
    }

    private static EventName of(byte[] digest) {
        ByteBuffer bits = ByteBuffer.wrap(digest);
        return new EventName(bits.getLong(), bits.getLong());
    }
}
