package io.webchat.socketio.internal.socketio;

import org.jspecify.annotations.Nullable;

/**
 * The answer to a client that wants to connect.
 *
 * @param admitted whether it may
 * @param authenticated whether it needs no further proof; if not, it must be marked authenticated before the connect
 *     time-out, or is closed
 * @param code the stable error code of a refusal
 * @param message one sentence that says why, of a refusal
 */
public record ConnectDecision(
        boolean admitted,
        boolean authenticated,
        @Nullable String code,
        @Nullable String message) {
    /** The client may connect, and has proved who it is. */
    public static ConnectDecision accept() {
        return new ConnectDecision(true, true, null, null);
    }

    /** The client may connect, and has the connect time-out to prove who it is. */
    public static ConnectDecision acceptUnauthenticated() {
        return new ConnectDecision(true, false, null, null);
    }

    /** The client may not connect, is told why, and is closed. */
    public static ConnectDecision refuse(String code, String message) {
        return new ConnectDecision(false, false, code, message);
    }
}
