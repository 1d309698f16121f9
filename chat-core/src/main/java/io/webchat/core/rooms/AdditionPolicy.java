package io.webchat.core.rooms;

/** A user's answer to owners of rooms who want to add them. */
public enum AdditionPolicy {
    /** Owners may add the user. The default. */
    ALLOW,
    /** Owners invite the user, who decides. */
    ASK
}
