package io.webchat.core.spi.calllog;

/** The outcome of an amendment in the call log. */
public enum AmendmentOutcome {
    /** The message is amended, or has a later amendment of the same kind. */
    AMENDED,
    /** The message was deleted, so the amendment has no effect. */
    DELETED,
    /**
     * The message was edited after a deletion, or an edit with other files, was prepared. So this has no effect. Find
     * the message again.
     */
    CHANGED,
    /** The call log does not have the message any more. */
    MISSING
}
