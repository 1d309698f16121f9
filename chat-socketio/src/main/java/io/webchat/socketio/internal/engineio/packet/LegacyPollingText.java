package io.webchat.socketio.internal.engineio.packet;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Text of Engine.IO 3 over polling. Socket.IO 1.x clients encode it as UTF-8 twice, 2.x clients once. Nothing on the
 * wire tells which kind of client it is.
 */
public final class LegacyPollingText {
    private LegacyPollingText() {}

    /**
     * Decodes UTF-8 once more if the text was encoded twice.
     *
     * <p>A text of a 2.x client is misread only if all its characters lie below U+0100 and by chance form UTF-8, as in
     * {@code Ã©}.
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
     * Rewrites JSON in ASCII. In JSON only strings contain other characters, and there {@code \}{@code uXXXX} means the
     * same. So every client reads the text correctly, whether it decodes UTF-8 once or twice.
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
