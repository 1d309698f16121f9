package io.webchat.socketio.internal.http;

import io.webchat.socketio.http.HttpHandler;

/**
 * A route: the requests that a handler answers.
 *
 * @param method the method, or {@link #ANY}; {@code GET} also answers {@code HEAD}
 * @param prefix the path; the route also covers every path below it
 * @param handler the handler
 */
public record HttpRoute(String method, String prefix, HttpHandler handler) {
    /** Matches every method. */
    public static final String ANY = "*";

    boolean covers(String path) {
        return path.equals(prefix) || path.startsWith(prefix.endsWith("/") ? prefix : prefix + "/");
    }

    boolean answers(String requested) {
        return method.equals(ANY) || method.equals(requested) || (method.equals("GET") && requested.equals("HEAD"));
    }
}
