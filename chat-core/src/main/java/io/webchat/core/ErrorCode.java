package io.webchat.core;

import java.util.Locale;

/** Why something was refused. The wire names ({@link #wire()}) are stable: clients may branch on them. */
public enum ErrorCode {
    /** The request has the wrong form; sending it again changes nothing. */
    BAD_REQUEST(false),
    /** No token, or one that is wrong, tampered with or expired. */
    UNAUTHORIZED(false),
    /** Known, but not allowed: a foreign {@code From}, a blocked recipient. */
    FORBIDDEN(false),
    /** There is no such thing, or not for this user. */
    NOT_FOUND(false),
    /** The text or the packet exceeds a limit. */
    TOO_LARGE(false),
    /** Too many requests; try again after the time given. */
    RATE_LIMITED(true),
    /** The recipient's queue cannot take more. */
    QUEUE_FULL(true),
    /** A backend did not answer, or this node is draining: resend the same message. */
    UNAVAILABLE(true),
    /** The sender used this {@code MsgID} before, for other content. */
    CONFLICT(false),
    /** A fault of the server; it has been logged there. */
    INTERNAL(true);

    private final boolean retryable;
    private final String wire;

    ErrorCode(boolean retryable) {
        this.retryable = retryable;
        this.wire = name().toLowerCase(Locale.ROOT);
    }

    /** Whether the same request may succeed later. */
    public boolean retryable() {
        return retryable;
    }

    /** The name on the wire, for instance {@code rate_limited}. */
    public String wire() {
        return wire;
    }
}
