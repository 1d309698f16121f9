package io.webchat.socketio.internal.http;

import io.webchat.socketio.http.HttpHandler;

/**
 * Where a handler answers.
 *
 * @param method the method, or {@link #ANY}; {@code GET} answers {@code HEAD} too
 * @param prefix the path, which covers itself and everything below it
 * @param handler who answers
 */
public record HttpRoute(String method, String prefix, HttpHandler handler) {
    /** Stands for every method. */
    public static final String ANY = "*";

    boolean covers(String path) {
        return path.equals(prefix) || path.startsWith(prefix.endsWith("/") ? prefix : prefix + "/");
    }

    boolean answers(String asked) {
        return method.equals(ANY) || method.equals(asked) || (method.equals("GET") && asked.equals("HEAD"));
    }
}
