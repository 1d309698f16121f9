package io.webchat.core.ids;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;

/**
 * The id of a user: 1–128 ASCII characters. The first one is a letter or a digit, the others may also be {@code . _ @ +
 * : | = -}. So numbers, e-mail addresses and the subjects of identity providers fit. Case matters. {@code me}
 * is no user id, because REST names the caller by it.
 *
 * @param value the text of the id
 */
public record UserId(String value) implements Comparable<UserId> {
    private static final String CALLER = "me";
    private static final IdForm FORM = IdForm.startingUnmarked("a user id", "._@+:|=-", 128);

    /**
     * Checks the value.
     *
     * @throws ChatException {@code bad_request} when the value does not match the form
     */
    public UserId {
        FORM.check(value);
        if (value.equals(CALLER)) {
            throw new ChatException(ErrorCode.BAD_REQUEST, "me is no user id: it names the caller of a request");
        }
    }

    /**
     * Returns the id with this text.
     *
     * @throws ChatException {@code bad_request} when the text does not match the form
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
