package io.webchat.dynamo;

import io.webchat.core.ChatEvent;
import io.webchat.core.MessagePlace;
import org.jspecify.annotations.Nullable;

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

    /** The later one of both; of the same one the first. */
    static @Nullable Last later(@Nullable Last one, @Nullable Last other) {
        return other != null && other.isAfter(one) ? other : one;
    }

    /** Whether it is a later message than that one. */
    boolean isAfter(@Nullable Last other) {
        return other == null || key.compareTo(other.key) > 0;
    }

    MessagePlace place() {
        return Keys.place(key);
    }
}
