package io.webchat.examples.server.push;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** The name by which a push service replaces an older push of the same conversation that it has not delivered yet. */
final class PushTopic {
    /** They become 32 characters, the most that a topic may have. */
    private static final int BYTES = 24;

    private PushTopic() {}

    /** The topic of a conversation: other ones for each browser, so that no push service recognises a conversation. */
    static String of(String conversation, PushKeys keys) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(keys.authBytes());
            byte[] hash = digest.digest(conversation.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
