package io.webchat.core;

import java.util.concurrent.CompletionStage;

/**
 * Reads the call log for one user: conversations, their messages, and whether each was delivered and seen. A
 * conversation of other users is {@code not_found}, like one that does not exist.
 */
public interface CallLogs {
    /** The largest number of items on a page. */
    int MAX_LIMIT = 200;

    /**
     * Lists the user's conversations, 1:1 and rooms; the one with the latest message comes first.
     *
     * @param limit the largest number of conversations, 1 to {@link #MAX_LIMIT}
     * @param cursor {@link Page#next} of the previous page; an empty string for the first page
     * @return one page; fails with {@code bad_request} for a limit out of range or an invalid cursor, and with {@code
     *     unavailable}
     */
    CompletionStage<Page<ConversationEntry>> conversations(UserId user, int limit, String cursor);

    /** Calls {@link #messages(UserId, ConversationId, int, String, String)} with an empty {@code after}. */
    default CompletionStage<Page<LoggedMessage>> messages(
            UserId user, ConversationId conversation, int limit, String before) {
        return messages(user, conversation, limit, before, "");
    }

    /**
     * Lists messages of one conversation, newest first.
     *
     * @param limit the largest number of messages, 1 to {@link #MAX_LIMIT}
     * @param before {@link Page#next} of the previous page or {@link #cursorOf} a message, to get older messages; an
     *     empty string to start with the newest
     * @param after {@link #cursorOf} the newest message that you know, to get only later messages; an empty string for
     *     no lower end
     * @return one page; fails with {@code not_found}, {@code bad_request}, {@code unavailable}
     */
    CompletionStage<Page<LoggedMessage>> messages(
            UserId user, ConversationId conversation, int limit, String before, String after);

    /** Returns the cursor of this message's position, for {@code before} and {@code after}. */
    String cursorOf(LoggedMessage message);

    /**
     * Removes the conversation from this user's list and history. A later message brings the conversation back, with
     * only the messages since then. Other users keep it.
     *
     * @return fails with {@code not_found}, {@code unavailable}, and with {@code forbidden} when the call log cannot
     *     remove anything
     */
    CompletionStage<Void> remove(UserId user, ConversationId conversation);
}
