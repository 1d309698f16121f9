package io.webchat.core;

/** Why a session ended. */
public enum CloseReason {
    /** The client, or whoever opened the session, ended it, or its connection broke. */
    CLIENT,
    /** Another session of the same user and device took its place. */
    REPLACED,
    /** This node is shutting down. */
    DRAINING,
    /** The client does not take what is written to it. */
    SLOW,
    /** A fault on the server's side. */
    ERROR
}
