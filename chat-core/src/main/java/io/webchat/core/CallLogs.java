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
     * The user's conversations, the one with the latest message first.
     *
     * @param limit how many at most, 1 to {@link #MAX_LIMIT}
     * @param cursor where to go on: {@link Page#next} of the page before, or an empty string to start
     * @return fails with {@code bad_request} for a limit out of range or a cursor that is none, {@code
     *     unavailable}
     */
    CompletionStage<Page<ConversationEntry>> conversations(UserId user, int limit, String cursor);

    /**
     * The messages of one conversation, newest first.
     *
     * @param limit how many at most, 1 to {@link #MAX_LIMIT}
     * @param cursor where to go on: {@link Page#next} of the page before, or an empty string to start
     * @return fails with {@code not_found}, {@code bad_request}, {@code unavailable}
     */
    CompletionStage<Page<LoggedMessage>> messages(UserId user, ConversationId conversation, int limit, String cursor);
}
