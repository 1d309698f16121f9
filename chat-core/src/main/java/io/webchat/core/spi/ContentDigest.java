package io.webchat.core.spi;

import io.webchat.core.ChatEvent;
import io.webchat.core.RoomId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * What tells a resend from another message under the same id, in 22 characters: the first 128 bits of
 * SHA-256 over the room and the text, as URL-safe Base64. The timestamp is left out, since clients stamp a
 * resend anew.
 */
public final class ContentDigest {
    private static final int BYTES = 16;

    private ContentDigest() {}

    /** The digest of this message's content. */
    public static String of(ChatEvent.Message message) {
        MessageDigest sha = sha256();
        RoomId room = message.room();
        if (room != null) {
            sha.update(room.value().getBytes(StandardCharsets.UTF_8));
        }
        // No room id holds this byte, so that no two pairs of room and text run together.
        sha.update((byte) 0);
        byte[] digest = sha.digest(message.text().getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, BYTES));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
