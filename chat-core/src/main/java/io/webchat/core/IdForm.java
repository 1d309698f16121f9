package io.webchat.core;

/**
 * What the identifier types share: one way to check a value, one way to refuse it. Written out, since a message makes a
 * dozen ids and a regular expression for each was 3 % of a node's work.
 */
final class IdForm {
    private static final String LETTERS_AND_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int ASCII = 128;

    private final String what;
    private final String pattern;
    private final int max;
    private final boolean[] first = new boolean[ASCII];
    private final boolean[] later = new boolean[ASCII];

    private IdForm(String what, String pattern, int max, String first, String later) {
        this.what = what;
        this.pattern = pattern;
        this.max = max;
        first.chars().forEach(each -> this.first[each] = true);
        later.chars().forEach(each -> this.later[each] = true);
    }

    /** One to {@code max} letters, digits and marks. */
    static IdForm of(String what, String marks, int max) {
        String all = LETTERS_AND_DIGITS + marks;
        return new IdForm(what, "[A-Za-z0-9" + marks + "]{1," + max + "}", max, all, all);
    }

    /** The same, with a letter or digit at the beginning. */
    static IdForm startingUnmarked(String what, String marks, int max) {
        String pattern = "[A-Za-z0-9][A-Za-z0-9" + marks + "]{0," + (max - 1) + "}";
        return new IdForm(what, pattern, max, LETTERS_AND_DIGITS, LETTERS_AND_DIGITS + marks);
    }

    void check(String value) {
        if (!fits(value)) {
            throw new ChatException(ErrorCode.BAD_REQUEST, what + " must match " + pattern);
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
