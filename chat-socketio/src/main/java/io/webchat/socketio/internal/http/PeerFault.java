package io.webchat.socketio.internal.http;

/** The ways in which a peer breaks the rules of the transport. */
public enum PeerFault {
    /** A request is malformed or larger than the limits. */
    REQUEST,
    /** A request is for a host name that the server does not serve. */
    HOST,
    /** A request comes from a web page that may not use the server. */
    ORIGIN,
    /** A connection broke in the middle of something, or carried bytes that are no HTTP, TLS or websocket. */
    CONNECTION
}
