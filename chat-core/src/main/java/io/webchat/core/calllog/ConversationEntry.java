package io.webchat.core.calllog;

import io.webchat.core.ids.ConversationId;

/**
 * A conversation in the list of one of its users.
 *
 * @param id the conversation
 * @param last the latest message
 * @param unread the number of messages of others that this user has not seen, in a room without system messages and
 *     those of blocked users, up to {@link #MAX_UNREAD}. That value
 *     means 100 or more; show it as "99+". It also stands for an unknown number, when more than 10 000 messages would
 *     have to be counted
 * @param mentions the number of counted unread messages that mention this user
 * @param sent the watermarks of this user's own messages; in a room those of the reader who has read furthest
 * @param received the watermarks of this user as a reader
 */
public record ConversationEntry(
        ConversationId id, LoggedMessage last, int unread, int mentions, Watermarks sent, Watermarks received) {
    /** The largest number of unread messages that is counted. */
    public static final int MAX_UNREAD = 100;

    /** Returns the same entry with another last message. */
    public ConversationEntry withLast(LoggedMessage other) {
        return new ConversationEntry(id, other, unread, mentions, sent, received);
    }

    /** Returns the position in the list. */
    public ConversationPosition position() {
        return new ConversationPosition(last.storedAt(), id);
    }
}
