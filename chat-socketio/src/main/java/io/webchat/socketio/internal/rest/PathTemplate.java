package io.webchat.socketio.internal.rest;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The form of a path.
 *
 * @param text as OpenAPI writes it, such as {@code /v1/rooms/{roomId}}
 * @param segments what stands between its slashes
 */
record PathTemplate(String text, List<String> segments) {
    static PathTemplate of(String text) {
        return new PathTemplate(text, split(text));
    }

    static List<String> split(String path) {
        return List.of(path.split("/", -1));
    }

    /** The values of the variables in a path of this form; empty for a path of another one. */
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
