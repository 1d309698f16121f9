package io.webchat.dynamo;

import io.webchat.core.ChatEvent;
import io.webchat.core.MessagePosition;

/**
 * The latest message of a conversation.
 *
 * @param key its sort key, which grows with its place
 * @param event its JSON
 */
record Last(String key, String event) {
    static Last of(ChatEvent.Message message, long storedAt) {
        return new Last(
                Keys.message(new MessagePosition(storedAt, message.from(), message.id())), Messages.encode(message));
    }

    MessagePosition position() {
        return Keys.place(key);
    }
}
