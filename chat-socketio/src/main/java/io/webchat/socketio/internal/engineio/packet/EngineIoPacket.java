package io.webchat.socketio.internal.engineio.packet;

/**
 * One Engine.IO packet as it came: for text its type digit and what follows, in UTF-8.
 *
 * @param data the bytes
 * @param binary whether the client declared it binary; binary content is never looked at
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody, and copied never: it is the hot path
public record EngineIoPacket(byte[] data, boolean binary) {
    /** Returns the type digit, or a NUL for an empty packet. */
    public char type() {
        return data.length == 0 ? '\0' : (char) data[0];
    }

    /** Tells whether the packet is exactly this ASCII text. */
    public boolean is(String text) {
        if (binary || data.length != text.length()) {
            return false;
        }
        for (int i = 0; i < data.length; i++) {
            if (data[i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
