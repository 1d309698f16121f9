package io.webchat.core.internal.send;

import io.webchat.core.ChatConfig;
import io.webchat.core.ChatEvent;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.UserId;
import java.time.Duration;

/**
 * Checks the shape, size, sender and rate of an event before the engine does any work for it. Throws a {@link
 * ChatException} to refuse.
 */
public final class SendAdmission {
    private final UserId user;
    private final ChatConfig config;
    private final UserRates messages;
    private final TokenBucket signals;

    /**
     * The admission for one session.
     *
     * @param messages the rates of messages, shared by all sessions of the user on this node
     * @param signals the rate of signals of this session alone
     */
    public SendAdmission(UserId user, ChatConfig config, UserRates messages, TokenBucket signals) {
        this.user = user;
        this.config = config;
        this.messages = messages;
        this.signals = signals;
    }

    /** Checks a message. */
    public void checkMessage(ChatEvent.Message message) {
        checkSender(message.from());
        int bytes = Utf8.length(message.text());
        if (bytes < 0) {
            throw new ChatException(ErrorCode.BAD_REQUEST, "Text contains half a surrogate pair");
        }
        if (bytes == 0) {
            throw new ChatException(ErrorCode.BAD_REQUEST, "Text is empty");
        }
        if (bytes > config.maxTextBytes()) {
            throw new ChatException(
                    ErrorCode.TOO_LARGE, "Text has " + bytes + " bytes, the limit is " + config.maxTextBytes());
        }
        checkRate(messages.take(user), "too many messages");
    }

    /**
     * Checks a receipt.
     *
     * @param known whether the session emitted the message, so that the receipt needs no query and no rate limit
     */
    public void checkReceipt(ChatEvent.Receipt receipt, boolean known) {
        checkSender(receipt.from());
        if (!known) {
            checkRate(signals.take(), "too many receipts about unknown messages");
        }
    }

    /** Checks a signal. */
    public void checkSignal(ChatEvent.Signal signal) {
        checkSender(signal.from());
        checkRate(signals.take(), "too many signals");
    }

    /** Whether this heartbeat may cause a reading of the queue; a client may send thousands. */
    public boolean admitHeartbeat() {
        return signals.take() == 0;
    }

    private void checkSender(UserId from) {
        if (!from.equals(user)) {
            throw new ChatException(ErrorCode.FORBIDDEN, "From must be the user of the session");
        }
    }

    private static void checkRate(long wait, String detail) {
        if (wait > 0) {
            throw ChatException.rateLimited(detail, Duration.ofNanos(wait));
        }
    }
}
