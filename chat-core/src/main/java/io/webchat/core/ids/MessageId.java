package io.webchat.core.ids;

import io.webchat.core.ChatException;
import java.util.UUID;

/**
 * The id of a message, chosen by its sender: 1–64 of {@code A–Z a–z 0–9 _ -}. Sending the same content with the same id
 * again is always safe and never makes a second message.
 *
 * @param value the text of the id
 */
public record MessageId(String value) {
    private static final IdForm FORM = IdForm.of("MsgID", "_-", 64);

    /**
     * Checks the value.
     *
     * @throws ChatException {@code bad_request} when the value does not match the form
     */
    public MessageId {
        FORM.check(value);
    }

    /**
     * Returns the id with this text.
     *
     * @throws ChatException {@code bad_request} when the text does not match the form
     */
    public static MessageId of(String value) {
        return new MessageId(value);
    }

    /** Returns a new random id (a version 4 UUID). */
    public static MessageId random() {
        return new MessageId(UUID.randomUUID().toString());
    }

    @Override
    public String toString() {
        return value;
    }
}
