package io.webchat.examples.server.logging;

/** Makes text from outside harmless in a log: no new lines, no colours, no change of direction. */
final class ControlCharacters {
    private ControlCharacters() {}

    /** The text with {@code \\uXXXX} for each character that would steer a terminal or end a line. */
    static String escaped(String text) {
        return text.chars().noneMatch(ControlCharacters::isHarmful) ? text : escapedSlowly(text);
    }

    private static String escapedSlowly(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (isHarmful(each)) {
                escaped.append(String.format("\\u%04x", (int) each));
            } else {
                escaped.append(each);
            }
        }
        return escaped.toString();
    }

    private static boolean isHarmful(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
