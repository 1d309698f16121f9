package io.webchat.core.internal.send;

import io.webchat.core.ChatConfig;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Json;
import io.webchat.core.ids.UserId;
import java.util.List;

/**
 * Checks the shape, size, sender and rate of an event before the engine does any work for it. Throws a {@link
 * ChatException} to refuse.
 */
public final class SendAdmission {
    /** The bytes of an event besides its content, about. */
    private static final int EVENT_BYTES = 256;

    private final UserId user;
    private final ContentCheck contents;
    private final UserRates rates;

    /**
     * The admission for one session.
     *
     * @param rates the rates of all users, shared by all sessions on this node
     */
    public SendAdmission(UserId user, ChatConfig config, UserRates rates) {
        this.user = user;
        this.contents = new ContentCheck(config);
        this.rates = rates;
    }

    /** Checks a message. */
    public void checkMessage(ChatEvent.Message message) {
        checkSender(message.from());
        int bytes = contents.check(message.content());
        ContentCheck.checkNotSystem(message.content().type());
        rates.check(user, UserRates.Activity.MESSAGE);
        if (message.room() == null) {
            chargeQueued(1, bytes);
        }
    }

    /** Checks an amendment, except what depends on its message. */
    public void checkAmendment(Amendment amendment) {
        checkSender(amendment.from());
        if (amendment.change() instanceof Amendment.React react) {
            ContentCheck.checkReaction(react.reaction());
        }
        rates.check(user, UserRates.Activity.MESSAGE);
        if (amendment.room() == null) {
            chargeQueued(1, amendment.length());
        }
    }

    /**
     * Charges a message to a room to its author, by the number of its recipients.
     *
     * @return the recipients
     */
    public List<UserId> charged(ChatEvent.Message message, List<UserId> recipients) {
        chargeQueued(recipients.size() + 1L, ContentCheck.size(message.content()));
        return recipients;
    }

    /**
     * Charges an amendment in a room to its user, by the number of its recipients.
     *
     * @return the recipients
     */
    List<UserId> charged(Amendment amendment, List<UserId> recipients) {
        chargeQueued(recipients.size() + 1L, amendment.length());
        return recipients;
    }

    /**
     * Charges a signal in a room to its sender, by the number of its recipients.
     *
     * @return the recipients
     */
    public List<UserId> charged(ChatEvent.Signal signal, List<UserId> recipients) {
        chargeSignal(recipients.size(), size(signal));
        return recipients;
    }

    private void chargeQueued(long recipients, int contentBytes) {
        rates.checkQueued(user, recipients * (EVENT_BYTES + contentBytes));
    }

    private void chargeSignal(long recipients, int contentBytes) {
        rates.check(user, UserRates.Activity.FANOUT, recipients * (EVENT_BYTES + contentBytes));
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
        contents.checkData(signal.data());
        String type = signal.type();
        if (type != null) {
            ContentCheck.checkNotSystem(type);
        }
        rates.check(user, UserRates.Activity.SIGNAL);
        if (signal.room() == null && signal.data() != null) {
            chargeSignal(1, size(signal));
        }
    }

    private static int size(ChatEvent.Signal signal) {
        Json data = signal.data();
        return data == null ? 0 : data.size();
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
