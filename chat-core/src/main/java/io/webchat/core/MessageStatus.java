package io.webchat.core;

/** How far a message has come; in a room, with whoever is furthest. Only ever grows. */
public enum MessageStatus {
    /** Stored: the sender has the acknowledgement. */
    SENT,
    /** One of the recipient's devices has it. */
    DELIVERED,
    /** The recipient has seen it. */
    DISPLAYED
}
