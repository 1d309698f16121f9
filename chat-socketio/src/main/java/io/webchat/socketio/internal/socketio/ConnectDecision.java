package io.webchat.socketio.internal.socketio;

import org.jspecify.annotations.Nullable;

/**
 * The decision about a client that wants to connect.
 *
 * @param outcome whether the client may connect
 * @param code the stable error code of a refusal
 * @param message the reason for a refusal, in one sentence
 */
public record ConnectDecision(
        Outcome outcome, @Nullable String code, @Nullable String message) {
    /** The kinds of decisions. */
    public enum Outcome {
        /** The client has authenticated. */
        ACCEPTED,
        /** The client may connect. It is disconnected unless it authenticates before the connect time-out. */
        ACCEPTED_UNAUTHENTICATED,
        /** The client must not come back with the same data. */
        REFUSED,
        /** The client may try again later. */
        REFUSED_FOR_NOW
    }

    /** Admits a client that has authenticated. */
    public static ConnectDecision accept() {
        return new ConnectDecision(Outcome.ACCEPTED, null, null);
    }

    /** Admits a client that must authenticate before the connect time-out. */
    public static ConnectDecision acceptUnauthenticated() {
        return new ConnectDecision(Outcome.ACCEPTED_UNAUTHENTICATED, null, null);
    }

    /** Refuses a client. It is told the reason and disconnected, and its library does not reconnect by itself. */
    public static ConnectDecision refuse(String code, String message) {
        return new ConnectDecision(Outcome.REFUSED, code, message);
    }

    /** Refuses a client for a reason that passes, such as a backend that does not answer. */
    public static ConnectDecision refuseForNow(String code, String message) {
        return new ConnectDecision(Outcome.REFUSED_FOR_NOW, code, message);
    }

    boolean admitted() {
        return outcome == Outcome.ACCEPTED || outcome == Outcome.ACCEPTED_UNAUTHENTICATED;
    }
}
