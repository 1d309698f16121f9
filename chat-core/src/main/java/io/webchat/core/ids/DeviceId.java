package io.webchat.core.ids;

import io.webchat.core.ChatException;

/**
 * The id of one of a user's clients: 1–64 of {@code A–Z a–z 0–9 . _ -}. A new session replaces an older one with the
 * same user and device. Sessions with different devices exist side by side, and each gets every event.
 *
 * @param value the text of the id
 */
public record DeviceId(String value) {
    private static final IdForm FORM = IdForm.of("a device id", "._-", 64);

    /** The id of a client that names no device. */
    public static final DeviceId DEFAULT = new DeviceId("default");

    /**
     * Checks the value.
     *
     * @throws ChatException {@code bad_request} when the value does not match the form
     */
    public DeviceId {
        FORM.check(value);
    }

    /**
     * Returns the id with this text.
     *
     * @throws ChatException {@code bad_request} when the text does not match the form
     */
    public static DeviceId of(String value) {
        return new DeviceId(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
