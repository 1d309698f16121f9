package io.webchat.core.events;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import org.jspecify.annotations.Nullable;

/**
 * A notice from the server to one client.
 *
 * @param kind {@code FAILED}, {@code GAP}, {@code REPLACED}, {@code DISCONNECTED}, {@code DRAINING} or {@code
 *     EXPIRING}
 * @param to the client's user
 * @param id the message that the notice is about; null for none
 * @param code the error code of {@code FAILED} and {@code DISCONNECTED}; null otherwise
 * @param detail one sentence
 * @param timestamp the server's clock, Unix seconds
 */
public record Notice(
        EventKind kind,
        UserId to,
        @Nullable MessageId id,
        @Nullable ErrorCode code,
        String detail,
        long timestamp) implements ChatEvent {
    /** Makes a notice without a message, with the current time of this machine. */
    public static Notice of(EventKind kind, UserId to, String detail) {
        return new Notice(kind, to, null, null, detail, currentSecond());
    }

    /** Makes the notice that the application ended the session of a device of {@code to}. */
    public static Notice disconnected(UserId to) {
        return disconnected(to, "the application ended this session; sign in again");
    }

    /** Makes the notice that the session of a device of {@code to} ended, and that only a new sign-in helps. */
    public static Notice disconnected(UserId to, String detail) {
        return new Notice(EventKind.DISCONNECTED, to, null, ErrorCode.UNAUTHORIZED, detail, currentSecond());
    }

    /** Makes the notice that the server refused an event that {@code to} sent. */
    public static Notice failed(UserId to, ChatException failure) {
        return new Notice(
                EventKind.FAILED,
                to,
                failure.messageId().orElse(null),
                failure.code(),
                failure.detail(),
                currentSecond());
    }

    private static long currentSecond() {
        return System.currentTimeMillis() / 1000;
    }
}
