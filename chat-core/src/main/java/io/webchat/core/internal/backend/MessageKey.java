package io.webchat.core.internal.backend;

import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;

/** The identity of a message: its author and the id that the author gave it. */
public record MessageKey(UserId author, MessageId id) {
    /** The key of this message. */
    public static MessageKey of(ChatEvent.Message message) {
        return new MessageKey(message.from(), message.id());
    }

    /** The key of the message that the receipt is about. */
    public static MessageKey of(ChatEvent.Receipt receipt) {
        return new MessageKey(receipt.to(), receipt.id());
    }
}
