package io.webchat.core.calllog;

/** The progress of a message; in a room that of the reader who has read furthest. It only grows. */
public enum MessageStatus {
    /** The server has stored it, and the sender has the acknowledgement. */
    SENT,
    /** A device of the recipient has it. */
    DELIVERED,
    /** The recipient has seen it. */
    DISPLAYED
}
