package io.webchat.core;

/**
 * A conversation as one of its users sees it in their list.
 *
 * @param id the conversation
 * @param last its latest message
 * @param unread how many messages of others this user has not seen; counted up to {@link #MAX_UNREAD}, which therefore
 *     means that many or more, or that more messages would have to be looked at than a list is worth (10 000): to be
 *     shown as "99+"
 * @param sent how far this user's own messages have come: in a room, with whoever is furthest
 * @param received how far what others wrote has come with this user
 */
public record ConversationEntry(
        ConversationId id, LoggedMessage last, int unread, Watermarks sent, Watermarks received) {
    /** Where counting ends. */
    public static final int MAX_UNREAD = 100;

    /** Where it stands in the list. */
    public ConversationPosition position() {
        return new ConversationPosition(last.storedAt(), id);
    }
}
