package io.webchat.dynamo;

import io.webchat.core.ChatEvent;
import io.webchat.core.MessagePlace;

/**
 * The latest message of a conversation.
 *
 * @param key its sort key, which grows with its place
 * @param event its JSON
 */
record Last(String key, String event) {
    static Last of(ChatEvent.Message message, long storedAt) {
        return new Last(
                Keys.message(new MessagePlace(storedAt, message.from(), message.id())), Messages.encode(message));
    }

    MessagePlace place() {
        return Keys.place(key);
    }
}
