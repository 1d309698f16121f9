package io.webchat.core.internal;

import io.webchat.core.ChatEvent;
import io.webchat.core.MessageId;
import io.webchat.core.UserId;

/** What makes a message unique: its author and the author's name for it. */
record MessageKey(UserId author, MessageId id) {
    static MessageKey of(ChatEvent.Message message) {
        return new MessageKey(message.from(), message.id());
    }
}
