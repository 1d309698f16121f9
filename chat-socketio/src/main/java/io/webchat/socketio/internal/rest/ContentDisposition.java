package io.webchat.socketio.internal.rest;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Makes the field {@code Content-Disposition} (RFC 6266): whether a browser shows a file, and under which name. */
final class ContentDisposition {
    /** Browsers show these and run no code in them. Of every other type they get a file to save. */
    private static final Set<String> SHOWN = Set.of(
            "image/png",
            "image/jpeg",
            "image/gif",
            "image/webp",
            "image/avif",
            "image/heic",
            "audio/ogg",
            "audio/flac",
            "audio/mpeg",
            "audio/wav",
            "audio/mp4",
            "video/mp4",
            "video/webm",
            "video/quicktime");

    /** The characters of RFC 8187 that stand for themselves. */
    private static final String PLAIN = "!#$&+-.^_`|~";

    private ContentDisposition() {}

    /** Returns the field for a file. A name without a character that is left gives no name. */
    static String of(String type, String name) {
        String kind = SHOWN.contains(type) ? "inline" : "attachment";
        return name.isBlank()
                ? kind
                : kind + "; filename=\"" + ascii(name) + "\"; filename*=UTF-8''" + encoded(withoutPath(name));
    }

    /** A name is for people only: it never leads to a folder. */
    private static String withoutPath(String name) {
        return name.replace('/', '_').replace('\\', '_');
    }

    private static String ascii(String name) {
        StringBuilder ascii = new StringBuilder();
        withoutPath(name)
                .codePoints()
                .forEach(c -> ascii.append(c < ' ' || c > '~' || c == '"' || c == '%' ? '_' : (char) c));
        return ascii.toString();
    }

    private static String encoded(String name) {
        StringBuilder encoded = new StringBuilder();
        for (byte each : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (each & 0xFF);
            boolean plain =
                    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || PLAIN.indexOf(c) >= 0;
            encoded.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
        }
        return encoded.toString();
    }
}
