package io.webchat.core;

import io.webchat.core.ids.MessageId;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The only exception of this library: an {@link ErrorCode} and a sentence that may be shown to the client. Stages fail
 * with it; only constructors and parsers throw it. Its cause, if there is one, is for the log and never reaches a
 * client.
 */
public final class ChatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final @Nullable Duration retryAfter;
    private final @Nullable MessageId messageId;

    /** Makes a failure with a sentence for the client. */
    public ChatException(ErrorCode code, String detail) {
        this(code, detail, null, null, null);
    }

    /** Makes a failure with a sentence for the client and a cause for the log. */
    public ChatException(ErrorCode code, String detail, @Nullable Throwable cause) {
        this(code, detail, null, null, cause);
    }

    private ChatException(
            ErrorCode code,
            String detail,
            @Nullable Duration retryAfter,
            @Nullable MessageId messageId,
            @Nullable Throwable cause) {
        // A refusal is an answer, not a crash. Without a cause it has no stack trace, which would cost time under load.
        super(detail, cause, false, cause != null);
        this.code = code;
        this.retryAfter = retryAfter;
        this.messageId = messageId;
    }

    /**
     * Makes a {@code rate_limited} failure.
     *
     * @param retryAfter the time after which the client may try again
     */
    public static ChatException rateLimited(String detail, Duration retryAfter) {
        return new ChatException(ErrorCode.RATE_LIMITED, detail, retryAfter, null, null);
    }

    /** Returns the same failure, about this message. */
    public ChatException about(MessageId id) {
        return new ChatException(code, detail(), retryAfter, id, getCause());
    }

    /** The stable error code. */
    public ErrorCode code() {
        return code;
    }

    /** One sentence that may be shown to the client. */
    public String detail() {
        return String.valueOf(getMessage());
    }

    /** The time after which the client may try again, if it is known. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** The message that the failure is about, if it is known. */
    public Optional<MessageId> messageId() {
        return Optional.ofNullable(messageId);
    }
}
