package io.webchat.dynamo.internal.calllog;

import io.webchat.core.ChatEvent;
import io.webchat.core.MessagePlace;

/**
 * The latest message of a conversation.
 *
 * @param key its sort key, which grows with its place
 * @param event its JSON
 */
record LatestMessage(String key, String event) {
    static LatestMessage of(ChatEvent.Message message, long storedAt) {
        return new LatestMessage(
                CallLogKeys.message(new MessagePlace(storedAt, message.from(), message.id())),
                MessageItems.encode(message));
    }

    MessagePlace place() {
        return CallLogKeys.position(key);
    }
}
