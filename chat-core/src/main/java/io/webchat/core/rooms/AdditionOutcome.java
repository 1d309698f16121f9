package io.webchat.core.rooms;

/** The outcome of adding somebody to a room. */
public enum AdditionOutcome {
    /** The user was a member with this role already. */
    NONE,
    /** The user is a member now, or has another role. */
    CHANGED,
    /** The user must agree first, and finds an invitation in {@link Rooms#invitations}. */
    INVITED
}
