package io.webchat.core.internal.events;

import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Json;
import io.webchat.core.ids.UserId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells which events in a room hold words of their author. Somebody who has blocked the author hears of the changes
 * that the author makes to the room, and gets none of these words: live, in the history, or in a restored queue.
 */
public final class AuthorWords {
    /** The type of the message that tells the new name of a room. */
    public static final String RENAMED = "system.renamed";

    /** The end of the data of a change by the application. Inside of a text, its quotes would be escaped. */
    private static final String BY_HOST = "\"ByHost\":true}";

    private AuthorWords() {}

    /** Whether a member who has blocked these users gets the message of a room. */
    public static boolean isVisible(ChatEvent.Message message, Set<UserId> blocked) {
        return !blocked.contains(message.from()) || (message.content().isSystem() && !areIn(message));
    }

    /** Whether the message about a room holds words of its author. Only the name of a room is any. */
    public static boolean areIn(ChatEvent.Message message) {
        return message.content().type().equals(RENAMED)
                && isByUser(message.content().data());
    }

    /** Whether the signal holds words of its author: the name of the room, which the author may have chosen. */
    public static boolean areIn(ChatEvent.Signal signal) {
        return signal.data() != null && isByUser(signal.data());
    }

    /** A change by the application names an owner as its author, who chose no words. */
    private static boolean isByUser(@Nullable Json data) {
        return data == null || !data.toString().endsWith(BY_HOST);
    }
}
