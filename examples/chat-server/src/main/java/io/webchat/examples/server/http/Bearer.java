package io.webchat.examples.server.http;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.socketio.http.HttpRequest;

/** The bearer token of a request. */
final class Bearer {
    private static final String SCHEME = "Bearer ";

    private Bearer() {}

    /**
     * The token in the {@code Authorization} header.
     *
     * @throws ChatException {@code unauthorized} if there is none
     */
    static String of(HttpRequest request) {
        String header = request.header("Authorization").orElse("");
        if (!header.startsWith(SCHEME)) {
            throw new ChatException(ErrorCode.UNAUTHORIZED, "a bearer token is required");
        }
        return header.substring(SCHEME.length()).strip();
    }
}
