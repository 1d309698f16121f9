package io.webchat.core.ids;

import io.webchat.core.ChatException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The id of an uploaded file, chosen by the server: 1–64 of {@code A–Z a–z 0–9 _ -}.
 *
 * @param value the text of the id
 */
public record AttachmentId(String value) {
    private static final IdForm FORM = IdForm.of("attachment id", "_-", 64);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 16;

    /**
     * Checks the value.
     *
     * @throws ChatException {@code bad_request} when the value does not match the form
     */
    public AttachmentId {
        FORM.check(value);
    }

    /**
     * Returns the id with this text.
     *
     * @throws ChatException {@code bad_request} when the text does not match the form
     */
    public static AttachmentId of(String value) {
        return new AttachmentId(value);
    }

    /** Returns a new random id of 128 bits, which nobody guesses. */
    public static AttachmentId random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new AttachmentId(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    @Override
    public String toString() {
        return value;
    }
}
