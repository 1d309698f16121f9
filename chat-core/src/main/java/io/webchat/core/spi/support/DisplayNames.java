package io.webchat.core.spi.support;

import java.util.Set;

/** The form of names that people see, of users and of rooms. Lengths count Unicode code points. */
public final class DisplayNames {
    /** Letters and symbols that Unicode draws as nothing: Hangul fillers, the empty Braille cell, the null notehead. */
    private static final Set<Integer> BLANK = Set.of(0x115F, 0x1160, 0x3164, 0xFFA0, 0x2800, 0x1D159);

    private static final int IGNORABLE_PLANE = 0xE;

    private DisplayNames() {}

    /**
     * Whether this is a name: 1 to {@code max} code points, at least one of them visible, and no control character,
     * line break or half of a surrogate pair.
     */
    public static boolean isValid(String name, int max) {
        return name.codePointCount(0, name.length()) <= max
                && name.codePoints().allMatch(DisplayNames::isAllowed)
                && name.codePoints().anyMatch(DisplayNames::isVisible);
    }

    /** The rule as the end of a sentence. */
    public static String rule(int max) {
        return "has 1 to " + max
                + " characters, at least one of them visible, and no line breaks or control characters";
    }

    private static boolean isAllowed(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                false;
            default -> true;
        };
    }

    private static boolean isVisible(int point) {
        return switch (Character.getType(point)) {
            case Character.SPACE_SEPARATOR,
                    Character.FORMAT,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.COMBINING_SPACING_MARK -> false;
            // A character of a later version of Unicode, such as a new emoji, is visible unless its range is reserved.
            case Character.UNASSIGNED -> !isReserved(point);
            default -> !BLANK.contains(point);
        };
    }

    /** Whether Unicode reserves this code point for a character that is not drawn. */
    private static boolean isReserved(int point) {
        return point == 0x2065
                || (point >= 0xFFF0 && point <= 0xFFFF)
                || point >> 16 == IGNORABLE_PLANE
                || (point & 0xFFFE) == 0xFFFE;
    }
}
