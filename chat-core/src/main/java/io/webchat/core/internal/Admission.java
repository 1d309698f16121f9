package io.webchat.core.internal;

import io.webchat.core.ChatConfig;
import io.webchat.core.ChatEvent;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.UserId;
import java.time.Duration;

/** What a session's user may send: shape, size, identity, rate. Refuses by throwing. */
final class Admission {
    private final UserId user;
    private final ChatConfig config;
    private final TokenBucket messages;
    private final TokenBucket signals;

    /** {@code messages} is shared by the user's sessions on this node, {@code signals} is the session's own. */
    Admission(UserId user, ChatConfig config, TokenBucket messages, TokenBucket signals) {
        this.user = user;
        this.config = config;
        this.messages = messages;
        this.signals = signals;
    }

    void message(ChatEvent.Message message) {
        from(message.from());
        noRoom(message.room() == null);
        int bytes = Text.utf8Length(message.text());
        if (bytes < 0) {
            throw new ChatException(ErrorCode.BAD_REQUEST, "Text holds half a surrogate pair");
        }
        if (bytes == 0) {
            throw new ChatException(ErrorCode.BAD_REQUEST, "Text is empty");
        }
        if (bytes > config.maxTextBytes()) {
            throw new ChatException(
                    ErrorCode.TOO_LARGE, "Text has " + bytes + " bytes, the limit is " + config.maxTextBytes());
        }
        take(messages, "too many messages");
    }

    void receipt(ChatEvent.Receipt receipt, boolean expected) {
        from(receipt.from());
        noRoom(receipt.room() == null);
        if (!expected) {
            take(signals, "too many receipts about unknown messages");
        }
    }

    void signal(ChatEvent.Signal signal) {
        from(signal.from());
        noRoom(signal.room() == null);
        take(signals, "too many signals");
    }

    private void from(UserId from) {
        if (!from.equals(user)) {
            throw new ChatException(ErrorCode.FORBIDDEN, "From must be the user of the session");
        }
    }

    private static void noRoom(boolean direct) {
        if (!direct) {
            throw new ChatException(ErrorCode.NOT_FOUND, "there is no such room");
        }
    }

    private static void take(TokenBucket bucket, String detail) {
        long wait = bucket.take();
        if (wait > 0) {
            throw ChatException.rateLimited(detail, Duration.ofNanos(wait));
        }
    }
}
