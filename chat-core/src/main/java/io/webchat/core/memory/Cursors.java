package io.webchat.core.memory;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Opaque page cursors: a time and some names. */
final class Cursors {
    private static final String SEPARATOR = " ";

    private Cursors() {}

    static String encode(long time, String... names) {
        String plain = time + SEPARATOR + String.join(SEPARATOR, names);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    /** The time and names that were encoded. */
    static List<String> decode(String cursor, int names) {
        try {
            String plain = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            List<String> parts = List.of(plain.split(SEPARATOR, -1));
            if (parts.size() == names + 1) {
                Long.parseLong(parts.get(0));
                return parts;
            }
        } catch (IllegalArgumentException e) {
            throw new ChatException(ErrorCode.BAD_REQUEST, "the cursor is none of this server's", e);
        }
        throw new ChatException(ErrorCode.BAD_REQUEST, "the cursor is none of this server's");
    }
}
