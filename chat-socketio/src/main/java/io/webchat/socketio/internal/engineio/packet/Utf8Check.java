package io.webchat.socketio.internal.engineio.packet;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Checks bytes for UTF-8, in one pass and without a copy of the text. */
public final class Utf8Check {
    private static final int CHUNK = 512;

    private Utf8Check() {}

    /** Tells whether the bytes are well-formed UTF-8. */
    public static boolean isValid(byte[] bytes) {
        if (isAscii(bytes)) {
            return true;
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer dropped = CharBuffer.allocate(CHUNK);
        CoderResult result = decoder.decode(in, dropped, true);
        while (result.isOverflow()) {
            dropped.clear();
            result = decoder.decode(in, dropped, true);
        }
        return result.isUnderflow();
    }

    /** Tells whether all bytes are ASCII. Most packets are, and this check costs much less than the other. */
    static boolean isAscii(byte[] bytes) {
        int all = 0;
        for (byte each : bytes) {
            all |= each;
        }
        return all >= 0;
    }
}
