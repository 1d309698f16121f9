package io.webchat.core.spi;

import io.webchat.core.ChatEvent;
import io.webchat.core.ConversationEntry;
import io.webchat.core.ConversationId;
import io.webchat.core.LoggedMessage;
import io.webchat.core.MessageId;
import io.webchat.core.MessageStatus;
import io.webchat.core.Page;
import io.webchat.core.UserId;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The durable record of conversations and their messages. Nothing here knows who asks: the engine checks
 * that first.
 *
 * <p>Delivered and displayed are kept as watermarks per conversation and reader: all messages to the reader
 * that were stored up to that time have the status. Watermarks only grow, and displayed counts as
 * delivered.
 */
public interface CallLogStore {
    /**
     * Records a message. Repeating it with the same conversation, time and id changes nothing. When the
     * stage completes the message is durable and is the last one of its conversation for both users, unless
     * a later one is.
     */
    CompletionStage<Void> append(ConversationId conversation, ChatEvent.Message message, long storedAt);

    /**
     * All messages to {@code reader} stored up to {@code upTo} (Unix milliseconds) have this status now.
     * Lower than what is there changes nothing. It holds for messages that are appended later too, the
     * conversation's first one among them: a message can be seen before its recording has succeeded. The
     * effect may become visible a little later, and is not lost in an orderly shutdown.
     */
    CompletionStage<Void> mark(ConversationId conversation, UserId reader, MessageStatus status, long upTo);

    /** One message of the conversation, by its author and id. */
    CompletionStage<Optional<LoggedMessage>> find(ConversationId conversation, UserId author, MessageId id);

    /**
     * The messages, newest first by their time stored.
     *
     * @param cursor empty, or the cursor of the page before
     * @return fails with {@code bad_request} for a cursor that is none
     */
    CompletionStage<Page<LoggedMessage>> messages(ConversationId conversation, int limit, String cursor);

    /**
     * The user's conversations, the one with the latest message first. One that gets a new message while a
     * reader pages may be seen twice or move before the page; none is lost otherwise.
     *
     * @param cursor empty, or the cursor of the page before
     * @return fails with {@code bad_request} for a cursor that is none
     */
    CompletionStage<Page<ConversationEntry>> conversations(UserId user, int limit, String cursor);
}
