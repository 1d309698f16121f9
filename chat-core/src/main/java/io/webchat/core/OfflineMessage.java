package io.webchat.core;

import io.webchat.core.calllog.ConversationEntry;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.UserId;

/**
 * A message that no device of its recipient confirmed in time, with the values that a push notification shows.
 *
 * @param user the recipient; in a room one of the members
 * @param message the message
 * @param unread the number of unread messages of the recipient, this one included, over the latest 1 000 conversations.
 *     Each counts up to {@link ConversationEntry#MAX_UNREAD}. It is as complete as the call log of this node, and at
 *     least 1
 * @param title the title of the conversation: the name of the room, or the name in the author's profile. Without a name
 *     it is the id
 */
public record OfflineMessage(UserId user, ChatEvent.Message message, int unread, String title) {
    /** Whether the message mentions the recipient. */
    public boolean mentioned() {
        return message.content().mentions().contains(user);
    }
}
