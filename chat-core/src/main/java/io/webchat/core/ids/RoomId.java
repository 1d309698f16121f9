package io.webchat.core.ids;

import io.webchat.core.ChatException;

/**
 * The id of a room: 1–64 of {@code A–Z a–z 0–9 _ -}.
 *
 * @param value the text of the id
 */
public record RoomId(String value) {
    private static final IdForm FORM = IdForm.of("a room id", "_-", 64);

    /**
     * Checks the value.
     *
     * @throws ChatException {@code bad_request} when the value does not match the form
     */
    public RoomId {
        FORM.check(value);
    }

    /**
     * Returns the id with this text.
     *
     * @throws ChatException {@code bad_request} when the text does not match the form
     */
    public static RoomId of(String value) {
        return new RoomId(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
