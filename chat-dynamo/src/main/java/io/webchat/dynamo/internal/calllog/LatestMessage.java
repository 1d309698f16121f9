package io.webchat.dynamo.internal.calllog;

import io.webchat.core.ChatEvent;
import io.webchat.core.MessagePosition;

/**
 * The latest message of a conversation.
 *
 * @param key its sort key, which grows with its position
 * @param event its JSON
 */
record LatestMessage(String key, String event) {
    static LatestMessage of(ChatEvent.Message message, long storedAt) {
        return new LatestMessage(
                CallLogKeys.message(new MessagePosition(storedAt, message.from(), message.id())),
                MessageItems.encode(message));
    }

    MessagePosition position() {
        return CallLogKeys.position(key);
    }
}
