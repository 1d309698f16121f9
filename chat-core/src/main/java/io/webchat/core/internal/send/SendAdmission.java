package io.webchat.core.internal.send;

import io.webchat.core.ChatConfig;
import io.webchat.core.ChatEvent;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.UserId;
import java.util.List;

/**
 * Checks the shape, size, sender and rate of an event before the engine does any work for it. Throws a {@link
 * ChatException} to refuse.
 */
public final class SendAdmission {
    /** The bytes of an event besides its text, about. */
    private static final int EVENT_BYTES = 256;

    private final UserId user;
    private final ChatConfig config;
    private final UserRates rates;

    /**
     * The admission for one session.
     *
     * @param rates the rates of all users, shared by all sessions on this node
     */
    public SendAdmission(UserId user, ChatConfig config, UserRates rates) {
        this.user = user;
        this.config = config;
        this.rates = rates;
    }

    /** Whether a text has the form and the length that a message may have. */
    public static boolean fits(String text, ChatConfig config) {
        int bytes = Utf8.length(text);
        return bytes > 0 && bytes <= config.maxTextBytes();
    }

    /** Checks a message. */
    public void checkMessage(ChatEvent.Message message) {
        checkSender(message.from());
        int bytes = checkText(message.text(), config);
        rates.check(user, UserRates.Activity.MESSAGE);
        if (message.room() == null) {
            charge(1, bytes);
        }
    }

    /** Checks a text, whoever wrote it; returns its bytes in UTF-8. */
    static int checkText(String text, ChatConfig config) {
        int bytes = Utf8.length(text);
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
        return bytes;
    }

    /**
     * Charges a message to a room to its author, by the number of its recipients.
     *
     * @return the recipients
     */
    public List<UserId> charged(ChatEvent.Message message, List<UserId> recipients) {
        charge(recipients.size() + 1L, Utf8.length(message.text()));
        return recipients;
    }

    /**
     * Charges a signal in a room to its sender, by the number of its recipients.
     *
     * @return the recipients
     */
    public List<UserId> charged(ChatEvent.Signal signal, List<UserId> recipients) {
        charge(recipients.size(), 0);
        return recipients;
    }

    private void charge(long recipients, int textBytes) {
        rates.check(user, UserRates.Activity.FANOUT, recipients * (EVENT_BYTES + textBytes));
    }

    /**
     * Checks a receipt.
     *
     * @param known whether the session emitted the message, so that the receipt needs no query and no rate limit
     */
    public void checkReceipt(ChatEvent.Receipt receipt, boolean known) {
        checkSender(receipt.from());
        if (!known) {
            rates.check(user, UserRates.Activity.SIGNAL);
        }
    }

    /** Checks a signal. */
    public void checkSignal(ChatEvent.Signal signal) {
        checkSender(signal.from());
        rates.check(user, UserRates.Activity.SIGNAL);
    }

    /** Whether this heartbeat may cause a reading of the queue; a client may send thousands. */
    public boolean admitHeartbeat() {
        return rates.take(user, UserRates.Activity.HEARTBEAT) == 0;
    }

    private void checkSender(UserId from) {
        if (!from.equals(user)) {
            throw new ChatException(ErrorCode.FORBIDDEN, "From must be the user of the session");
        }
    }
}
