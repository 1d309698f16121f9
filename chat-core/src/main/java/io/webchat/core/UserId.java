package io.webchat.core;

/**
 * A person's address: 1–128 ASCII characters, a letter or digit first, then also {@code . _ @ + : | = -},
 * so that numbers, e-mail addresses and the subjects of identity providers fit. Case matters.
 *
 * @param value the text of the id
 */
public record UserId(String value) implements Comparable<UserId> {
    private static final IdForm FORM = IdForm.startingUnmarked("a user id", "._@+:|=-", 128);

    /**
     * Checks the value.
     *
     * @throws ChatException {@code bad_request} when the value has another form
     */
    public UserId {
        FORM.check(value);
    }

    /**
     * The id with this text.
     *
     * @throws ChatException {@code bad_request} when the value has another form
     */
    public static UserId of(String value) {
        return new UserId(value);
    }

    @Override
    public int compareTo(UserId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
