package io.webchat.dynamo;

import io.webchat.core.ChatEvent;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.EventKind;
import io.webchat.core.MessageId;
import io.webchat.core.UserId;
import io.webchat.core.spi.ContentDigest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * What a resend is known by.
 *
 * @param name the first 128 bits of SHA-256 over sender, recipient, MsgID and whether it is a receipt, in 22 characters
 * @param content the {@link ContentDigest} of a message; the rank of a receipt, one digit
 */
record Fingerprint(String name, String content) {
    private static final String DELIVERY = "1";
    private static final String DISPLAY = "2";
    private static final int BYTES = 16;

    /**
     * The fingerprint of a message or a receipt.
     *
     * @throws ChatException {@code bad_request} for anything else
     */
    static Fingerprint of(ChatEvent event) {
        if (event instanceof ChatEvent.Message message) {
            String name = name(message.from(), message.to(), message.id(), "message");
            return new Fingerprint(name, ContentDigest.of(message));
        }
        if (event instanceof ChatEvent.Receipt receipt) {
            String name = name(receipt.from(), receipt.to(), receipt.id(), "receipt");
            return new Fingerprint(name, receipt.kind() == EventKind.DISPLAY ? DISPLAY : DELIVERY);
        }
        throw new ChatException(ErrorCode.BAD_REQUEST, event.kind().wire() + " is not for a queue");
    }

    /**
     * Whether this says no more than what was sent before under the same name.
     *
     * @throws ChatException {@code conflict} where it is a message with another content
     */
    boolean repeats(Fingerprint before) {
        if (content.equals(before.content)) {
            return true;
        }
        if (content.length() > 1) {
            throw new ChatException(ErrorCode.CONFLICT, "this MsgID was used for another message");
        }
        return before.content.compareTo(content) > 0;
    }

    private static String name(UserId from, UserId to, MessageId id, String what) {
        // No id holds a space, so that no two lists of parts run together.
        String all = String.join(" ", from.value(), to.value(), id.value(), what);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
