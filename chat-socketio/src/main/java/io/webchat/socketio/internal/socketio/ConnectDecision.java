package io.webchat.socketio.internal.socketio;

import org.jspecify.annotations.Nullable;

/**
 * The decision about a client that wants to connect.
 *
 * @param admitted whether the client may connect
 * @param authenticated whether the client has authenticated. If not, it is disconnected unless it is marked
 *     authenticated before the connect time-out
 * @param code the stable error code of a refusal
 * @param message the reason for a refusal, in one sentence
 */
public record ConnectDecision(
        boolean admitted,
        boolean authenticated,
        @Nullable String code,
        @Nullable String message) {
    /** Admits a client that has authenticated. */
    public static ConnectDecision accept() {
        return new ConnectDecision(true, true, null, null);
    }

    /** Admits a client that must authenticate before the connect time-out. */
    public static ConnectDecision acceptUnauthenticated() {
        return new ConnectDecision(true, false, null, null);
    }

    /** Refuses a client. It is told the reason and disconnected. */
    public static ConnectDecision refuse(String code, String message) {
        return new ConnectDecision(false, false, code, message);
    }
}
