package io.webchat.examples.benchmarks.load;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The text of a frame, in a buffer that the next frame reuses. For one thread. */
final class Text {
    private byte[] bytes = new byte[512];
    private int length;

    void read(ByteBuf in, int count) {
        if (bytes.length < count) {
            bytes = new byte[Math.max(count, 2 * bytes.length)];
        }
        in.readBytes(bytes, 0, count);
        length = count;
    }

    boolean startsWith(String ascii) {
        return ascii.length() <= length && matches(0, ascii);
    }

    private boolean matches(int at, String ascii) {
        for (int i = 0; i < ascii.length(); i++) {
            if (bytes[at + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The position behind the first occurrence; negative if there is none. */
    int behind(String ascii) {
        for (int at = 0; at <= length - ascii.length(); at++) {
            if (matches(at, ascii)) {
                return at + ascii.length();
            }
        }
        return -1;
    }

    byte at(int place) {
        return bytes[place];
    }

    /** The decimal number that begins there. */
    long numberAt(int place) {
        long number = 0;
        for (int i = place; i < length && bytes[i] >= '0' && bytes[i] <= '9'; i++) {
            number = 10 * number + bytes[i] - '0';
        }
        return number;
    }

    byte[] copy(int from, int count) {
        return Arrays.copyOfRange(bytes, from, from + count);
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
