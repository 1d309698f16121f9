package io.webchat.core.policy;

/** A way in which one user may reach or see another one. */
public enum Contact {
    /** Writing 1:1 messages to them. */
    MESSAGE,
    /** Telling them that one is writing, in a 1:1 conversation. */
    TYPING,
    /** Seeing whether they are connected, and when they were last. */
    PRESENCE,
    /** Seeing their profile. */
    PROFILE,
    /** Adding them to a room, or inviting them. */
    ADD_TO_ROOM
}
