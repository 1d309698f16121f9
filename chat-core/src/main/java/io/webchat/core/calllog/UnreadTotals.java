package io.webchat.core.calllog;

/**
 * The unread messages of a user, over all conversations: {@link CallLogs#unread}.
 *
 * @param messages the unread messages; of each conversation at most {@link ConversationEntry#MAX_UNREAD} count
 * @param conversations the conversations with unread messages
 * @param mentions the unread messages that mention the user
 */
public record UnreadTotals(int messages, int conversations, int mentions) {
    /** Nothing is unread. */
    public static final UnreadTotals NONE = new UnreadTotals(0, 0, 0);

    /** Returns the totals with those of one more conversation. */
    public UnreadTotals plus(ConversationEntry entry) {
        return new UnreadTotals(
                messages + entry.unread(), conversations + (entry.unread() > 0 ? 1 : 0), mentions + entry.mentions());
    }
}
