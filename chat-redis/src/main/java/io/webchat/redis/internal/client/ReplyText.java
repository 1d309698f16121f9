package io.webchat.redis.internal.client;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads the text of a reply. */
public final class ReplyText {
    private ReplyText() {}

    /** The text of a bulk string; the text form of any other reply. */
    public static String of(@Nullable Object reply) {
        return reply instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : String.valueOf(reply);
    }
}
