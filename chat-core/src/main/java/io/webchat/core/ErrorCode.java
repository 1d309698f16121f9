package io.webchat.core;

import java.util.Locale;

/** The reason of a refusal. The names on the wire ({@link #wire()}) are stable, so clients may depend on them. */
public enum ErrorCode {
    /** The request has the wrong form. Sending it again has the same result. */
    BAD_REQUEST(false),
    /** The token is missing, wrong or expired. */
    UNAUTHORIZED(false),
    /**
     * The user is known and not allowed to do this, for example to send as another user or to a user who blocked them.
     */
    FORBIDDEN(false),
    /** The object does not exist, or not for this user. */
    NOT_FOUND(false),
    /** The application does not accept this message; see {@link io.webchat.core.policy.MessagePolicy}. */
    REJECTED(false),
    /** The text or the packet is larger than a limit. */
    TOO_LARGE(false),
    /** There were too many requests; try again after the given time. */
    RATE_LIMITED(true),
    /** The backend has no capacity for another event or object. */
    QUEUE_FULL(true),
    /** A backend did not answer, or this node is shutting down; resend the same message. */
    UNAVAILABLE(true),
    /** The sender used this {@code MsgID} before for another message. */
    CONFLICT(false),
    /** The server has a bug; it has logged the failure. */
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

    /** The name on the wire, for example {@code rate_limited}. */
    public String wire() {
        return wire;
    }
}
