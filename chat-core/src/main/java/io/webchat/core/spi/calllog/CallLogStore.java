package io.webchat.core.spi.calllog;

import io.webchat.core.calllog.ConversationEntry;
import io.webchat.core.calllog.ConversationPosition;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.MessageRef;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.Membership;
import io.webchat.core.spi.ContentLimit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The durable record of conversations and their messages. The store checks no permissions; the engine does that before.
 *
 * <p>Watermarks record the progress of messages. All messages of an author up to a position have a status as soon as
 * one reader has reached that position. Positions are compared as a whole. A time is not enough: messages of one
 * conversation may share it, and may be recorded in another order. In a 1:1 conversation there is only one reader. A
 * reader's own watermarks determine the unread messages. Watermarks only grow, and displayed includes delivered.
 *
 * <p>A store that refuses long texts or large data also implements {@link ContentLimit}. A store that can record a new
 * message with less work also implements {@link NewMessageLog}. A store that can tell the marks of several users
 * implements {@link ReaderMarks}.
 *
 * <p>A user may have hidden messages of a conversation ({@link CallLogRemoval}). They are visible to other users only.
 */
public interface CallLogStore {
    /**
     * Records a message. Repeating it with the same conversation, time and id has no effect. When the stage completes,
     * the message is durable. It is then the last message of its conversation for every user in it, unless there is a
     * later one.
     *
     * @param storedAt the time in the call log, Unix milliseconds
     */
    CompletionStage<Void> append(ConversationId conversation, ChatEvent.Message message, long storedAt);

    /**
     * Raises the watermarks of the author and of the reader. A lower value has no effect. A mark also holds for
     * messages that are appended later, even for the first one of the conversation: a reader may see a message before
     * it is recorded. The effect may become visible a little later, and an orderly shutdown does not lose it.
     */
    CompletionStage<Void> mark(Mark mark);

    /** Finds one message of the conversation by its author and id, even if a user has hidden it. */
    CompletionStage<Optional<LoggedMessage>> find(ConversationId conversation, UserId author, MessageId id);

    /**
     * Finds messages of the conversation to show beside their answers, in any order. It leaves out those that are not
     * there and those that {@code reader} has hidden. Nobody checks the references before, so a reference to a missing
     * message must cost no more than the others. A message of the last seconds may be missing.
     */
    CompletionStage<List<ChatEvent.Message>> quoted(
            ConversationId conversation, UserId reader, Collection<MessageRef> references);

    /**
     * Lists messages of the conversation that {@code reader} has not hidden, in the given range and order. It returns
     * fewer than the limit only if there are no more.
     */
    CompletionStage<List<LoggedMessage>> messages(ConversationId conversation, UserId reader, HistoryRange range);

    /**
     * Lists the reader's 1:1 conversations and those of their rooms; the one with the latest message comes first.
     * Conversations without a visible message are left out. It returns fewer than the limit only if there are no more.
     * A conversation that gets a new message between two pages may appear twice or move before the page; no other one
     * is missed.
     *
     * <p>Messages of others behind the reader's displayed watermark are unread. In a room, system messages are not,
     * messages of users whom the reader has blocked are not, and messages from before the reader joined are not;
     * messages of the millisecond of joining are. The mentions of the reader in the counted messages are counted too.
     *
     * @param before the position of the last entry of the previous page; null for the first page
     */
    CompletionStage<List<ConversationEntry>> conversations(
            ConversationReader reader, @Nullable ConversationPosition before, int limit);

    /** Lists the conversations of a user who has blocked nobody. */
    default CompletionStage<List<ConversationEntry>> conversations(
            UserId user, Collection<Membership> rooms, @Nullable ConversationPosition before, int limit) {
        return conversations(ConversationReader.of(user, rooms), before, limit);
    }
}
