package io.webchat.socketio.internal.engineio.packet;

/**
 * One Engine.IO packet of a client.
 *
 * @param data the bytes; a text packet is UTF-8 and begins with its type digit
 * @param binary whether the client declared the packet binary; binary content is never read
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; not copied, because this is the hot path
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
