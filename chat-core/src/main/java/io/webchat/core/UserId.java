package io.webchat.core;

import java.util.regex.Pattern;

/**
 * A person's address: 1–128 ASCII characters, a letter or digit first, then also {@code . _ @ + : | = -},
 * so that numbers, e-mail addresses and the subjects of identity providers fit. Case matters.
 *
 * @param value the text of the id
 */
public record UserId(String value) implements Comparable<UserId> {
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@+:|=-]{0,127}");

    /**
     * Checks the value.
     *
     * @throws ChatException {@code bad_request} when the value has another form
     */
    public UserId {
        Ids.check("a user id", value, ALLOWED);
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
