package io.webchat.socketio.internal.engineio.packet;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Text of Engine.IO 3 over polling. Socket.IO 1.x clients encode it as UTF-8 twice, 2.x clients once. Nothing on the
 * wire tells which kind of client it is.
 */
public final class LegacyPollingText {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    /** The length of an escaped UTF-16 unit. */
    private static final int ESCAPE = 6;

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
        if (Utf8Check.isAscii(utf8)) {
            return utf8;
        }
        String text = new String(utf8, StandardCharsets.UTF_8);
        int wide = 0;
        for (int i = 0; i < text.length(); i++) {
            wide += text.charAt(i) < 0x80 ? 0 : 1;
        }
        byte[] ascii = new byte[text.length() + wide * (ESCAPE - 1)];
        int at = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                ascii[at++] = (byte) c;
            } else {
                escape(c, ascii, at);
                at += ESCAPE;
            }
        }
        return ascii;
    }

    private static void escape(char c, byte[] into, int at) {
        into[at] = '\\';
        into[at + 1] = 'u';
        for (int digit = 0; digit < 4; digit++) {
            into[at + 2 + digit] = HEX[(c >> (12 - 4 * digit)) & 0xF];
        }
    }
}
