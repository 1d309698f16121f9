package io.webchat.core;

import java.util.concurrent.CompletionStage;

/**
 * Reads the call log on behalf of one user: the record of who wrote with whom, what, when, delivered and
 * seen. A conversation that the user is not part of is {@code not_found}, as one that does not exist.
 */
public interface CallLogs {
    /** The largest page. */
    int MAX_LIMIT = 200;

    /**
     * The user's conversations, 1:1 and rooms, the one with the latest message first.
     *
     * @param limit how many at most, 1 to {@link #MAX_LIMIT}
     * @param cursor where to go on: {@link Page#next} of the page before, or an empty string to start
     * @return fails with {@code bad_request} for a limit out of range or a cursor that is none, {@code
     *     unavailable}
     */
    CompletionStage<Page<ConversationEntry>> conversations(UserId user, int limit, String cursor);

    /** As {@link #messages(UserId, ConversationId, int, String, String)}, back from {@code before} without an end. */
    default CompletionStage<Page<LoggedMessage>> messages(
            UserId user, ConversationId conversation, int limit, String before) {
        return messages(user, conversation, limit, before, "");
    }

    /**
     * The messages of one conversation between two places, newest first.
     *
     * @param limit how many at most, 1 to {@link #MAX_LIMIT}
     * @param before where to go on: {@link Page#next} of the page before or {@link #cursorOf} of a message, or an empty
     *     string to start with the newest
     * @param after the {@link #cursorOf} the newest message that is known, to get only what came later; an empty string
     *     to go back to the beginning
     * @return fails with {@code not_found}, {@code bad_request}, {@code unavailable}
     */
    CompletionStage<Page<LoggedMessage>> messages(
            UserId user, ConversationId conversation, int limit, String before, String after);

    /** The cursor of this message's place, for {@code before} and {@code after}. */
    String cursorOf(LoggedMessage message);

    /**
     * Takes the conversation out of this user's list and history. A later message brings it back, with what came since;
     * the other side keeps theirs.
     *
     * @return fails with {@code not_found}, {@code unavailable}; with {@code forbidden} where the call log keeps
     *     everything
     */
    CompletionStage<Void> remove(UserId user, ConversationId conversation);
}
