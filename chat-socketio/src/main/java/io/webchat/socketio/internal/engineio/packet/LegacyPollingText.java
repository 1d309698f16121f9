package io.webchat.socketio.internal.engineio.packet;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Text of Engine.IO 3 over polling, where the client generations disagree: Socket.IO 1.x encodes text as UTF-8
 * before it is encoded as UTF-8 once more, 2.x does not, and nothing on the wire tells which of them speaks.
 */
public final class LegacyPollingText {
    private LegacyPollingText() {}

    /**
     * Takes one layer of UTF-8 off, if there are two.
     *
     * <p>Text that a 2.x client means literally is mistaken only if all its characters lie below U+0100 and happen to
     * form UTF-8, as in {@code Ã©}: nobody but a collector of broken text sends that.
     */
    public static String undouble(String text) {
        boolean beyondAscii = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > 0xFF) {
                return text;
            }
            beyondAscii |= c > 0x7F;
        }
        if (!beyondAscii) {
            return text;
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            return text;
        }
    }

    /**
     * Writes JSON with ASCII alone. Beyond ASCII, JSON has only the insides of strings, where {@code \}{@code uXXXX}
     * means the same; so the text reads right whether or not the client takes a layer of UTF-8 off.
     */
    public static byte[] asciiJson(byte[] utf8) {
        if (isAscii(utf8)) {
            return utf8;
        }
        String text = new String(utf8, StandardCharsets.UTF_8);
        StringBuilder ascii = new StringBuilder(text.length() * 2);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                ascii.append(c);
            } else {
                ascii.append(String.format("\\u%04x", (int) c));
            }
        }
        return ascii.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static boolean isAscii(byte[] bytes) {
        for (byte b : bytes) {
            if (b < 0) {
                return false;
            }
        }
        return true;
    }
}
