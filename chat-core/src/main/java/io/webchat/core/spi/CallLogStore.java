package io.webchat.core.spi;

import io.webchat.core.ChatEvent;
import io.webchat.core.ConversationEntry;
import io.webchat.core.ConversationId;
import io.webchat.core.ConversationPosition;
import io.webchat.core.LoggedMessage;
import io.webchat.core.Membership;
import io.webchat.core.MessageId;
import io.webchat.core.UserId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The durable record of conversations and their messages. Nothing here knows who may ask: the engine checks
 * that first.
 *
 * <p>How far messages have come is kept as watermarks. An author's messages up to a time have a status as soon as one
 * reader has got so far; in a 1:1 conversation there is only one. A reader's own watermarks tell what is unread.
 * Watermarks only grow, and displayed counts as delivered.
 *
 * <p>One that takes no message whose text is longer than a limit says so ({@link TextLimit}); one that can do less for
 * a new message offers that too ({@link NewMessageLog}).
 *
 * <p>A user may have hidden a conversation up to a time ({@link CallLogRemoval}): what lies before is there for others
 * only.
 */
public interface CallLogStore {
    /**
     * Records a message. Repeating it with the same conversation, time and id changes nothing. When the
     * stage completes the message is durable, and is the last one of its conversation for everyone in it, unless
     * a later one is.
     */
    CompletionStage<Void> append(ConversationId conversation, ChatEvent.Message message, long storedAt);

    /**
     * Raises the author's and the reader's watermarks. Lower than what is there changes nothing. It holds for messages
     * that are appended later too, the conversation's first one among them: a message can be seen before its recording
     * has succeeded. The effect may become visible a little later, and is not lost in an orderly shutdown.
     */
    CompletionStage<Void> mark(Mark mark);

    /** One message of the conversation, by its author and id; one that somebody has hidden too. */
    CompletionStage<Optional<LoggedMessage>> find(ConversationId conversation, UserId author, MessageId id);

    /**
     * Messages of the conversation that {@code reader} has not hidden, in the order and the range asked for; fewer than
     * the limit only where there are no more.
     */
    CompletionStage<List<LoggedMessage>> messages(ConversationId conversation, UserId reader, HistoryRange range);

    /**
     * The user's 1:1 conversations and those of these rooms, the one with the latest message first, as far as there are
     * messages in them that the user has not hidden; fewer than the limit only where there are no more. One that gets a
     * new message while a reader pages may be seen twice or move before the page; none is lost otherwise. In a room,
     * messages from before the user joined do not count as unread.
     *
     * @param before where to go on: the place of the last entry seen, null to start
     */
    CompletionStage<List<ConversationEntry>> conversations(
            UserId user, Collection<Membership> rooms, @Nullable ConversationPosition before, int limit);
}
