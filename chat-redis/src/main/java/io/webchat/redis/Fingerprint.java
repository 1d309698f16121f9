package io.webchat.redis;

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
 * What a resend is known by. Digests in bytes instead of names in letters, since this is what a queue remembers the
 * most of.
 */
final class Fingerprint {
    private static final byte[] DELIVERY = {'1'};
    private static final byte[] DISPLAY = {'2'};
    private static final int BYTES = 16;

    private final byte[] name;
    private final byte[] content;

    private Fingerprint(byte[] name, byte[] content) {
        this.name = name;
        this.content = content;
    }

    /**
     * The fingerprint of a message or a receipt.
     *
     * @throws ChatException {@code bad_request} for anything else
     */
    static Fingerprint of(ChatEvent event) {
        if (event instanceof ChatEvent.Message message) {
            byte[] digest = Base64.getUrlDecoder().decode(ContentDigest.of(message));
            return new Fingerprint(name(message.from(), message.to(), message.id(), "message"), digest);
        }
        if (event instanceof ChatEvent.Receipt receipt) {
            byte[] rank = receipt.kind() == EventKind.DISPLAY ? DISPLAY : DELIVERY;
            return new Fingerprint(name(receipt.from(), receipt.to(), receipt.id(), "receipt"), rank);
        }
        throw new ChatException(ErrorCode.BAD_REQUEST, event.kind().wire() + " is not for a queue");
    }

    /** The first 128 bits of SHA-256 over sender, recipient, MsgID and whether it is a receipt. */
    byte[] name() {
        return name;
    }

    /** The {@link ContentDigest} of a message in 16 bytes; the rank of a receipt, one digit. */
    byte[] content() {
        return content;
    }

    private static byte[] name(UserId from, UserId to, MessageId id, String what) {
        // No id holds a space, so that no two lists of parts run together.
        String all = String.join(" ", from.value(), to.value(), id.value(), what);
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return Arrays.copyOf(sha.digest(all.getBytes(StandardCharsets.US_ASCII)), BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
