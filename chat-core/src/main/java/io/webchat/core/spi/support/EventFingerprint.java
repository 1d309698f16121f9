package io.webchat.core.spi.support;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.EventKind;
import io.webchat.core.events.MessageRef;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.calllog.ContentDigest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * A short identity of an event in an offline queue, by which the queue recognises a resend.
 *
 * <p>Two events with the same {@link #name} claim to be the same event. The {@link #content} tells whether they are.
 * Nodes of different versions share the fingerprints in their backend, so the values never change.
 *
 * @param name the first 128 bits of SHA-256 over sender, recipient, MsgID and the word {@code message}, {@code
 *     amendment} or {@code receipt}, as URL-safe Base64 in 22 characters
 * @param content the {@link ContentDigest} of a message or an amendment; for a receipt its rank, {@code 1} for
 *     delivery and {@code 2} for display
 */
public record EventFingerprint(String name, String content) {
    private static final String MESSAGE = "message";
    private static final String DELIVERY = "1";
    private static final String DISPLAY = "2";
    private static final int BYTES = 16;

    /**
     * The fingerprint of a message, an amendment or a receipt.
     *
     * @throws ChatException {@code bad_request} for an event of another kind, which no queue stores
     */
    public static EventFingerprint of(ChatEvent event) {
        String name = text(nameBytes(event));
        if (event instanceof ChatEvent.Message message) {
            return new EventFingerprint(name, ContentDigest.of(message));
        }
        if (event instanceof Amendment amendment) {
            return new EventFingerprint(name, ContentDigest.of(amendment));
        }
        return new EventFingerprint(name, event.kind() == EventKind.DISPLAY ? DISPLAY : DELIVERY);
    }

    /** The fingerprint under which a queue remembers that the message of this amendment was deleted. */
    public static EventFingerprint ofDeleted(Amendment amendment) {
        return new EventFingerprint(text(nameBytesOfMessage(amendment)), ContentDigest.DELETED);
    }

    /**
     * The 16 bytes of the name of an event alone, which cost less than its whole fingerprint.
     *
     * @throws ChatException {@code bad_request} for an event of a kind that no queue stores
     */
    public static byte[] nameBytes(ChatEvent event) {
        if (event instanceof ChatEvent.Message message) {
            return digest(message.from(), message.to(), message.id(), MESSAGE);
        }
        if (event instanceof Amendment amendment) {
            return digest(amendment.from(), amendment.to(), amendment.id(), "amendment");
        }
        if (event instanceof ChatEvent.Receipt receipt) {
            return digest(receipt.from(), receipt.to(), receipt.id(), "receipt");
        }
        throw new ChatException(ErrorCode.BAD_REQUEST, event.kind().wire() + " is not for a queue");
    }

    /** The 16 bytes of the name of the message of this amendment. */
    public static byte[] nameBytesOfMessage(Amendment amendment) {
        MessageRef about = amendment.about();
        return digest(about.from(), amendment.recipientOfMessage(), about.id(), MESSAGE);
    }

    /**
     * Whether an event with this fingerprint adds nothing to an earlier event of the same name: a message with the same
     * content or one that was deleted since, an amendment with the same content, or a receipt of the same or a lower
     * rank.
     *
     * @throws ChatException {@code conflict} for a message with another content
     */
    public boolean repeats(EventFingerprint earlier) {
        if (content.equals(earlier.content) || earlier.content.equals(ContentDigest.DELETED)) {
            return true;
        }
        if (content.length() > 1) {
            throw new ChatException(ErrorCode.CONFLICT, "this MsgID was used for another message");
        }
        return earlier.content.compareTo(content) > 0;
    }

    /** The 16 bytes that {@link #name} encodes, for backends that store bytes. */
    public byte[] nameBytes() {
        return Base64.getUrlDecoder().decode(name);
    }

    /** The 16 bytes that the {@link #content} of a message encodes; the one ASCII digit of a receipt. */
    public byte[] contentBytes() {
        return content.length() > 1
                ? Base64.getUrlDecoder().decode(content)
                : content.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] digest(UserId from, UserId to, MessageId id, String kind) {
        // No id contains a space, so two different lists of parts never give the same text.
        String all = String.join(" ", from.value(), to.value(), id.value(), kind);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(digest, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String text(byte[] digest) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    }
}
