package io.webchat.core.calllog;

import io.webchat.core.events.MessageRef;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Reads the call log for one user: conversations, their messages, and whether each was delivered and seen. A
 * conversation of other users is {@code not_found}, like one that does not exist.
 */
public interface CallLogs {
    /** The largest number of items on a page. */
    int MAX_LIMIT = 200;
    /** The largest number of answered messages that {@link #quotes} looks up. */
    int MAX_QUOTE_LOOKUPS = 20;

    /** The largest number of members of a room whose receipts are told. */
    int MAX_RECEIPT_READERS = 200;

    /**
     * Lists the user's conversations, 1:1 and rooms; the one with the latest message comes first. If the latest message
     * of a room is by a user whom this user has blocked, the entry shows the latest of others among the newest 50.
     *
     * @param limit the largest number of conversations, 1 to {@link #MAX_LIMIT}
     * @param cursor {@link Page#next} of the previous page; an empty string for the first page
     * @return one page; fails with {@code bad_request} for a limit out of range or an invalid cursor, and with {@code
     *     unavailable}
     */
    CompletionStage<Page<ConversationEntry>> conversations(UserId user, int limit, String cursor);

    /** The number of reads of a page of a room's history, to pass messages of blocked users. */
    int MAX_PASSES = 5;

    /** Calls {@link #messages(UserId, ConversationId, int, String, String)} with an empty {@code after}. */
    default CompletionStage<Page<LoggedMessage>> messages(
            UserId user, ConversationId conversation, int limit, String before) {
        return messages(user, conversation, limit, before, "");
    }

    /**
     * Lists messages of one conversation, newest first. Messages in a room by users whom this user has blocked are left
     * out, except system messages. So a page may have fewer messages than the limit although there are more: it reads
     * at most {@link #MAX_PASSES} times the limit. Go on until {@link Page#next} is empty.
     *
     * @param limit the largest number of messages, 1 to {@link #MAX_LIMIT}
     * @param before {@link Page#next} of the previous page or {@link #cursorOf} a message, to get older messages; an
     *     empty string to start with the newest
     * @param after {@link #cursorOf} the newest message that you know, to catch up; an empty string for no lower end.
     *     The page begins 10 seconds before that message, because messages may be recorded late. So it repeats messages
     *     that you have, and misses none; know them by author and id
     * @return one page; fails with {@code not_found}, {@code bad_request}, {@code unavailable}
     */
    CompletionStage<Page<LoggedMessage>> messages(
            UserId user, ConversationId conversation, int limit, String before, String after);

    /**
     * Finds the messages that others answer, to show a beginning of each beside its answers. A message on the same page
     * costs nothing. Of the others, the first {@link #MAX_QUOTE_LOOKUPS} are looked up in the call log, all in one
     * call. A quote is left out if the message is not there, if the user has removed it, or if the call log fails.
     *
     * @param answers messages of the conversation, for example the items of a page
     * @return the quotes; fails with {@code not_found}, and with {@code unavailable} if the members of the room cannot
     *     be read
     */
    CompletionStage<Map<MessageRef, Quote>> quotes(
            UserId user, ConversationId conversation, List<LoggedMessage> answers);

    /**
     * The user has seen this message, and all earlier ones of the conversation. The author gets a {@code display}
     * receipt, and so do the user's own devices that are connected, to take it out of their counts. Repeating it has no
     * effect. It does what a {@code display} of a session does, for a user who has none: after a tap on a notification,
     * for example.
     *
     * @param message a message of somebody else
     * @return fails with {@code not_found} and {@code unavailable}
     */
    CompletionStage<Void> display(UserId user, ConversationId conversation, MessageRef message);

    /**
     * Counts the user's unread messages, for a badge. It reads the latest 1 000 conversations at most, and counts at
     * most {@link ConversationEntry#MAX_UNREAD} messages of each; so the totals are lower bounds for a user with more.
     *
     * @return the totals; fails with {@code unavailable}
     */
    CompletionStage<UnreadTotals> unread(UserId user);

    /**
     * Tells who has got and who has seen a message of this author, in a conversation of at most {@link
     * #MAX_RECEIPT_READERS} members. It reads one record for each of them. A member who has seen a later message of the
     * conversation has seen this one. Users who have left the room, and those who joined it after the message, are left
     * out.
     *
     * @param author the user who asks and who wrote the message
     * @return the readers; fails with {@code not_found} for a message that this user did not write there, with {@code
     *     too_large} for a larger room, with {@code unavailable}, and with {@code forbidden} when the call log cannot
     *     tell
     */
    CompletionStage<MessageReceipts> receipts(UserId author, ConversationId conversation, MessageId message);

    /** Returns the cursor of this message's position, for {@code before} and {@code after}. */
    String cursorOf(LoggedMessage message);

    /** Calls {@link #remove(UserId, ConversationId, String)} with an empty {@code upTo}. */
    default CompletionStage<Void> remove(UserId user, ConversationId conversation) {
        return remove(user, conversation, "");
    }

    /**
     * Removes the conversation from this user's list and history, up to the last message that the user had in the list.
     * A later message brings the conversation back, with only the later messages. Other users keep it.
     *
     * @param upTo {@link #cursorOf} that last message; an empty string for the newest message of the call log, which
     *     the user may not have seen
     * @return fails with {@code not_found}, {@code bad_request}, {@code unavailable}, and with {@code forbidden} when
     *     the call log cannot remove anything
     */
    CompletionStage<Void> remove(UserId user, ConversationId conversation, String upTo);
}
