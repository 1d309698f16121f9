package io.webchat.core.ids;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;

/**
 * The form of ids and names: their characters and their length. Immutable.
 *
 * <p>It uses no regular expression, because a message makes a dozen ids and the expressions took 3 % of the CPU time of
 * a node.
 */
public final class IdForm {
    private static final String LOWER_CASE = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final String LETTERS_AND_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ" + LOWER_CASE;
    private static final int ASCII = 128;

    private final String name;
    private final String pattern;
    private final int max;
    private final boolean[] first = new boolean[ASCII];
    private final boolean[] later = new boolean[ASCII];

    private IdForm(String name, String pattern, int max, String first, String later) {
        this.name = name;
        this.pattern = pattern;
        this.max = max;
        first.chars().forEach(each -> this.first[each] = true);
        later.chars().forEach(each -> this.later[each] = true);
    }

    /** A form of one to {@code max} letters, digits and marks. */
    static IdForm of(String name, String marks, int max) {
        String all = LETTERS_AND_DIGITS + marks;
        return new IdForm(name, "[A-Za-z0-9" + marks + "]{1," + max + "}", max, all, all);
    }

    /** The same form, with a letter or digit at the beginning. */
    static IdForm startingUnmarked(String name, String marks, int max) {
        String pattern = "[A-Za-z0-9][A-Za-z0-9" + marks + "]{0," + (max - 1) + "}";
        return new IdForm(name, pattern, max, LETTERS_AND_DIGITS, LETTERS_AND_DIGITS + marks);
    }

    /**
     * Returns a form of one to {@code max} small letters, digits and marks that begins with a letter or digit.
     *
     * @param name the name of the value in errors
     * @param marks the other ASCII characters that may follow the first one
     */
    public static IdForm lowerCase(String name, String marks, int max) {
        String pattern = "[a-z0-9][a-z0-9" + marks + "]{0," + (max - 1) + "}";
        return new IdForm(name, pattern, max, LOWER_CASE, LOWER_CASE + marks);
    }

    /**
     * Checks a value.
     *
     * @throws ChatException {@code bad_request} when the value does not match the form
     */
    public void check(String value) {
        if (!fits(value)) {
            throw new ChatException(ErrorCode.BAD_REQUEST, name + " must match " + pattern);
        }
    }

    private boolean fits(String value) {
        if (value.isEmpty() || value.length() > max || !allowed(first, value.charAt(0))) {
            return false;
        }
        for (int at = 1; at < value.length(); at++) {
            if (!allowed(later, value.charAt(at))) {
                return false;
            }
        }
        return true;
    }

    private static boolean allowed(boolean[] characters, char one) {
        return one < ASCII && characters[one];
    }
}
