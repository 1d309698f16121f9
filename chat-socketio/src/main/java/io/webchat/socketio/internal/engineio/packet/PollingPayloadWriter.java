package io.webchat.socketio.internal.engineio.packet;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** Writes packets into the payload of one polling response, for both Engine.IO versions. */
public final class PollingPayloadWriter {
    // A response stops growing at this size. The remaining packets wait for the next request.
    private static final int MAX_RESPONSE = 512 * 1024;
    private static final byte SEPARATOR = 0x1E;

    private final ByteBuf payload;
    private final ProtocolVersion version;

    /** Makes a writer into an empty buffer. */
    public PollingPayloadWriter(ByteBuf payload, ProtocolVersion version) {
        this.payload = payload;
        this.version = version;
    }

    /** Tells whether the payload is large enough to leave. */
    public boolean isFull() {
        return payload.readableBytes() >= MAX_RESPONSE;
    }

    /** Appends a text packet in UTF-8. */
    public void append(byte[] packet) {
        if (version == ProtocolVersion.V4) {
            if (payload.isReadable()) {
                payload.writeByte(SEPARATOR);
            }
            payload.writeBytes(packet);
        } else {
            byte[] ascii = LegacyPollingText.asciiJson(packet);
            payload.writeCharSequence(ascii.length + ":", StandardCharsets.US_ASCII);
            payload.writeBytes(ascii);
        }
    }
}
