package io.webchat.core.spi;

import io.webchat.core.ChatEvent;
import io.webchat.core.RoomId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * A digest of the content of a message. It distinguishes a resend from another message with the same id. It has 22
 * characters: the first 128 bits of SHA-256 over the room and the text, as URL-safe Base64. The timestamp is not
 * included, because clients set a new one for a resend.
 */
public final class ContentDigest {
    private static final int BYTES = 16;

    private ContentDigest() {}

    /** Returns the digest of the content that the author sent, also if a policy has replaced that content since. */
    public static String of(ChatEvent.Message message) {
        String sent = message.sentDigest();
        if (sent != null) {
            return sent;
        }
        MessageDigest sha = sha256();
        RoomId room = message.room();
        if (room != null) {
            sha.update(room.value().getBytes(StandardCharsets.UTF_8));
        }
        // No room id contains this byte, so two different pairs of room and text never give the same input.
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
