package io.webchat.socketio.internal.http.access;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The path under which the server answers, for proxies that pass paths on unchanged.
 *
 * @param prefix the path without a final slash; empty for the root
 */
public record BasePath(String prefix) {
    private static final Pattern FORM = Pattern.compile("(/[A-Za-z0-9._~-]{1,64}){0,8}");

    /**
     * Returns the base path of a setting such as {@code /chat}; {@code /} is the root.
     *
     * @throws IllegalArgumentException if it is no such path
     */
    public static BasePath of(String text) {
        String prefix = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        if (!FORM.matcher(prefix).matches()) {
            throw new IllegalArgumentException("the base path must look like /chat, not " + text);
        }
        return new BasePath(prefix);
    }

    /** Returns the rest of a target behind the base path; null if the target is not below it. */
    public @Nullable String strip(String target) {
        if (prefix.isEmpty()) {
            return target;
        }
        return target.startsWith(prefix + "/") ? target.substring(prefix.length()) : null;
    }

    /** Tells whether a target is the base path itself, whose page would take its links for those of the root. */
    public boolean lacksSlash(String target) {
        return !prefix.isEmpty() && (target.equals(prefix) || target.startsWith(prefix + "?"));
    }
}
