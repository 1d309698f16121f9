package io.webchat.core;

import io.webchat.core.spi.support.DisplayNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A user's profile, which other users see.
 *
 * @param name the display name, 1 to 100 Unicode characters, at least one of them visible, and no line breaks or
 *     control characters
 * @param attributes other values of the application, such as a colour or a small picture: at most 16, with names of 1
 *     to 32 of {@code A-Z a-z 0-9 _ -} and values of at most 8 192 characters together
 */
public record Profile(String name, Map<String, String> attributes) {
    private static final int MAX_NAME = 100;
    private static final int MAX_ATTRIBUTES = 16;
    private static final int MAX_VALUES = 8_192;

    /**
     * Checks and copies the values.
     *
     * @throws ChatException {@code bad_request} with every fault
     */
    public Profile {
        attributes = Map.copyOf(attributes);
        List<String> faults = new ArrayList<>();
        if (!DisplayNames.isValid(name, MAX_NAME)) {
            faults.add("a name " + DisplayNames.rule(MAX_NAME));
        }
        if (attributes.size() > MAX_ATTRIBUTES) {
            faults.add("a profile has at most " + MAX_ATTRIBUTES + " attributes");
        }
        if (!attributes.keySet().stream().allMatch(key -> key.matches("[A-Za-z0-9_-]{1,32}"))) {
            faults.add("the name of an attribute is 1 to 32 of A-Z a-z 0-9 _ -");
        }
        long characters = attributes.values().stream()
                .mapToLong(value -> value.codePointCount(0, value.length()))
                .sum();
        if (characters > MAX_VALUES) {
            faults.add("the attributes have " + characters + " characters together, the limit is " + MAX_VALUES);
        }
        if (!faults.isEmpty()) {
            throw new ChatException(ErrorCode.BAD_REQUEST, String.join("; ", faults));
        }
    }

    /** Makes a profile with a name only. */
    public static Profile named(String name) {
        return new Profile(name, Map.of());
    }
}
