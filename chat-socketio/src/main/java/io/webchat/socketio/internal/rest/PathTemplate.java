package io.webchat.socketio.internal.rest;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A path with variables.
 *
 * @param text the path in OpenAPI's notation, such as {@code /v1/rooms/{roomId}}
 * @param segments the parts between the slashes
 */
record PathTemplate(String text, List<String> segments) {
    static PathTemplate of(String text) {
        return new PathTemplate(text, split(text));
    }

    static List<String> split(String path) {
        return List.of(path.split("/", -1));
    }

    /** Returns the values of the variables in a path; empty if the path does not match. */
    Optional<Map<String, String>> match(List<String> path) {
        if (path.size() != segments.size()) {
            return Optional.empty();
        }
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < path.size(); i++) {
            String expected = segments.get(i);
            String there = path.get(i);
            if (expected.startsWith("{") && !there.isEmpty()) {
                values.put(expected.substring(1, expected.length() - 1), there);
            } else if (!expected.equals(there)) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }
}
