package io.webchat.core;

/**
 * One of a user's clients: 1–64 of {@code A–Z a–z 0–9 . _ -}. Two sessions of one user with the same device
 * id replace each other; sessions with different ones live side by side and each gets every event.
 *
 * @param value the text of the id
 */
public record DeviceId(String value) {
    private static final IdForm FORM = IdForm.of("a device id", "._-", 64);

    /** What a client that names no device is given. */
    public static final DeviceId DEFAULT = new DeviceId("default");

    /**
     * Checks the value.
     *
     * @throws ChatException {@code bad_request} when the value has another form
     */
    public DeviceId {
        FORM.check(value);
    }

    /**
     * The id with this text.
     *
     * @throws ChatException {@code bad_request} when the value has another form
     */
    public static DeviceId of(String value) {
        return new DeviceId(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
