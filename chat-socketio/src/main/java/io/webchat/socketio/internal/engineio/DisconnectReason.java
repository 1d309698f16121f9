package io.webchat.socketio.internal.engineio;

/** The reason for the end of a connection. */
public enum DisconnectReason {
    /** The client disconnected from the namespace, or closed its Engine.IO session. */
    CLIENT,
    /** The socket ended, or the client aborted a waiting polling request. */
    TRANSPORT,
    /** No heartbeat arrived within ping interval plus ping time-out. */
    PING_TIMEOUT,
    /** The client did not authenticate in time. */
    CONNECT_TIMEOUT,
    /** The client was refused. */
    REFUSED,
    /** The client violated the protocol. */
    VIOLATION,
    /** A message of the client was longer than the limit. */
    TOO_LARGE,
    /** The client read too slowly. */
    SLOW,
    /** The server ended the connection. */
    SERVER;

    /** Returns the status code for the close frame of a websocket. */
    int webSocketStatus() {
        return switch (this) {
            case VIOLATION -> 1002;
            case TOO_LARGE -> 1009;
            case REFUSED, CONNECT_TIMEOUT, SLOW -> 1008;
            default -> 1000;
        };
    }
}
