package io.webchat.socketio.internal.engineio;

/** Why a Socket.IO connection ended. */
public enum DisconnectReason {
    /** The client disconnected from the namespace, or closed its Engine.IO session. */
    CLIENT,
    /** The socket ended, or a polling request was given up. */
    TRANSPORT,
    /** No sign of life within ping interval plus ping time-out. */
    PING_TIMEOUT,
    /** No authentication in time. */
    CONNECT_TIMEOUT,
    /** Authentication failed. */
    REFUSED,
    /** The client broke the protocol. */
    VIOLATION,
    /** The client did not take what was sent to it. */
    SLOW,
    /** This side ended it. */
    SERVER;

    /** Returns the status code of the websocket's close frame. */
    int webSocketStatus() {
        return switch (this) {
            case VIOLATION -> 1002;
            case REFUSED, CONNECT_TIMEOUT, SLOW -> 1008;
            default -> 1000;
        };
    }
}
