package io.webchat.core;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one failure of this library: an {@link ErrorCode} and a sentence that may be shown to the client.
 * Stages fail with it; only constructors and parsers throw it. A cause, where there is one, is for the log
 * and never reaches a client.
 */
public final class ChatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final @Nullable Duration retryAfter;
    private final @Nullable MessageId messageId;

    /** A failure with a sentence for the client. */
    public ChatException(ErrorCode code, String detail) {
        this(code, detail, null, null, null);
    }

    /** A failure with a sentence for the client and a cause for the log. */
    public ChatException(ErrorCode code, String detail, @Nullable Throwable cause) {
        this(code, detail, null, null, cause);
    }

    private ChatException(
            ErrorCode code,
            String detail,
            @Nullable Duration retryAfter,
            @Nullable MessageId messageId,
            @Nullable Throwable cause) {
        // A refusal is an answer, not a crash: without a cause the stack trace would only cost time under a
        // flood.
        super(detail, cause, false, cause != null);
        this.code = code;
        this.retryAfter = retryAfter;
        this.messageId = messageId;
    }

    /** A {@code rate_limited} failure that says when to come back. */
    public static ChatException rateLimited(String detail, Duration retryAfter) {
        return new ChatException(ErrorCode.RATE_LIMITED, detail, retryAfter, null, null);
    }

    /** The same failure, naming the message that it is about. */
    public ChatException about(MessageId id) {
        return new ChatException(code, detail(), retryAfter, id, getCause());
    }

    /** What went wrong, as a stable code. */
    public ErrorCode code() {
        return code;
    }

    /** One sentence that may be shown to the client. */
    public String detail() {
        return String.valueOf(getMessage());
    }

    /** When the request may be repeated, where that is known. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** The message that this is about, where it is known. */
    public Optional<MessageId> messageId() {
        return Optional.ofNullable(messageId);
    }
}
