package io.webchat.examples.server.push;

import com.zerodeplibs.webpush.header.Urgency;
import io.webchat.core.OfflineMessage;
import io.webchat.core.ids.UserId;

/** A push to one browser. Immutable; nobody changes the text. */
final class Push {
    private final UserId user;
    private final PushSubscription to;
    private final String topic;
    private final String urgency;
    private final byte[] text;

    private Push(UserId user, PushSubscription to, String topic, String urgency, byte[] text) {
        this.user = user;
        this.to = to;
        this.topic = topic;
        this.urgency = urgency;
        this.text = text;
    }

    static Push of(OfflineMessage missed, PushSubscription to) {
        boolean isPersonal = missed.message().room() == null || missed.mentioned();
        return new Push(
                missed.user(),
                to,
                PushTopic.of(PushText.conversation(missed.message()), to.keys()),
                isPersonal ? Urgency.high() : Urgency.normal(),
                PushText.of(missed, to));
    }

    UserId user() {
        return user;
    }

    PushSubscription to() {
        return to;
    }

    String topic() {
        return topic;
    }

    /** The value of the header of that name. */
    String urgency() {
        return urgency;
    }

    /** Its text before the encryption. */
    byte[] text() {
        return text;
    }
}
