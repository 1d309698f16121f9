package io.webchat.core;

import java.util.regex.Pattern;

/** What the identifier types share: one way to check a value, one way to refuse it. */
final class Ids {
    private Ids() {}

    static String check(String what, String value, Pattern allowed) {
        if (!allowed.matcher(value).matches()) {
            throw new ChatException(ErrorCode.BAD_REQUEST, what + " must match " + allowed.pattern());
        }
        return value;
    }
}
