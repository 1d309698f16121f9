package io.webchat.core;

/** The reason why a session ended. */
public enum CloseReason {
    /** The client or the host closed the session, or the connection broke. */
    CLIENT,
    /** A new session of the same device replaced it. */
    REPLACED,
    /** The application ended the session with {@link ChatHost#disconnect}. */
    DISCONNECTED,
    /** This node is shutting down. */
    DRAINING,
    /** The principal of the session has expired. */
    EXPIRED,
    /** The client reads too slowly. */
    SLOW,
    /** The server failed, for example because the connection threw an exception. */
    ERROR
}
