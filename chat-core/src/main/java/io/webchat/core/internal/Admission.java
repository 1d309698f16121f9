package io.webchat.core.internal;

import io.webchat.core.ChatConfig;
import io.webchat.core.ChatEvent;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.UserId;
import java.time.Duration;

/** What a session's user may send: shape, size, identity, rate. Refuses by throwing, before anyone is asked. */
final class Admission {
    private final UserId user;
    private final ChatConfig config;
    private final UserRates messages;
    private final TokenBucket signals;

    /** {@code messages} counts for all of the user's sessions on this node, {@code signals} for this one. */
    Admission(UserId user, ChatConfig config, UserRates messages, TokenBucket signals) {
        this.user = user;
        this.config = config;
        this.messages = messages;
        this.signals = signals;
    }

    void message(ChatEvent.Message message) {
        from(message.from());
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
        admit(messages.take(user), "too many messages");
    }

    void receipt(ChatEvent.Receipt receipt, boolean expected) {
        from(receipt.from());
        if (!expected) {
            admit(signals.take(), "too many receipts about unknown messages");
        }
    }

    void signal(ChatEvent.Signal signal) {
        from(signal.from());
        admit(signals.take(), "too many signals");
    }

    /** Whether a sign of life may cost a look at the queue: a client that sends thousands must not ask for so many. */
    boolean heartbeat() {
        return signals.take() == 0;
    }

    private void from(UserId from) {
        if (!from.equals(user)) {
            throw new ChatException(ErrorCode.FORBIDDEN, "From must be the user of the session");
        }
    }

    private static void admit(long wait, String detail) {
        if (wait > 0) {
            throw ChatException.rateLimited(detail, Duration.ofNanos(wait));
        }
    }
}
