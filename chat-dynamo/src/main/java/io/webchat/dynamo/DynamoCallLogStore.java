package io.webchat.dynamo;

import io.webchat.core.calllog.ConversationEntry;
import io.webchat.core.calllog.ConversationPosition;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.calllog.MessagePosition;
import io.webchat.core.calllog.Watermarks;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.MessageRef;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.ContentLimit;
import io.webchat.core.spi.calllog.AmendmentLog;
import io.webchat.core.spi.calllog.AmendmentOutcome;
import io.webchat.core.spi.calllog.CallLogRemoval;
import io.webchat.core.spi.calllog.CallLogStore;
import io.webchat.core.spi.calllog.ConversationReader;
import io.webchat.core.spi.calllog.HistoryRange;
import io.webchat.core.spi.calllog.Mark;
import io.webchat.core.spi.calllog.NewMessageLog;
import io.webchat.core.spi.calllog.ReaderMarks;
import io.webchat.dynamo.internal.calllog.TableCallLog;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/**
 * The call log in DynamoDB.
 *
 * <p>Messages leave in batches, within a few milliseconds. Watermarks are written once per {@link
 * DynamoConfig#flushInterval()} and entry, so other nodes see a mark that much later. {@link #close} writes the
 * watermarks that wait.
 *
 * <p>If DynamoDB throttles, appends wait. They fail with {@code unavailable} if this takes too long or if too many wait
 * already. A failed append may have taken effect all the same; repeating it is safe.
 *
 * <p>A user's list of 1:1 conversations comes from an index, which DynamoDB usually updates within milliseconds. Safe
 * for use by any number of threads; stages complete on threads of the client.
 */
public final class DynamoCallLogStore
        implements CallLogStore, NewMessageLog, AmendmentLog, CallLogRemoval, ReaderMarks, ContentLimit, AutoCloseable {
    private final TableCallLog log;

    private DynamoCallLogStore(TableCallLog log) {
        this.log = log;
    }

    /** A call log in a table that {@link DynamoTable} created. The caller closes the client last. */
    public static DynamoCallLogStore create(DynamoDbAsyncClient client, DynamoConfig config) {
        return create(client, config, Clock.systemUTC());
    }

    static DynamoCallLogStore create(DynamoDbAsyncClient client, DynamoConfig config, Clock clock) {
        return new DynamoCallLogStore(new TableCallLog(client, config.settings(), clock));
    }

    @Override
    public CompletionStage<Void> append(ConversationId conversation, ChatEvent.Message message, long storedAt) {
        return log.append(conversation, message, storedAt);
    }

    @Override
    public CompletionStage<Void> appendNew(ConversationId conversation, ChatEvent.Message message, long storedAt) {
        return log.appendNew(conversation, message, storedAt);
    }

    /**
     * {@inheritDoc}
     *
     * <p>It takes two write units, if the message with its reactions has up to 1 KB. The item of the message is written
     * as a whole, so it takes one unit for each KB, and one for the record of the amendment. Fails with {@code
     * too_large} when the item would have more than 390 KB.
     */
    @Override
    public CompletionStage<AmendmentOutcome> amend(LoggedMessage target, Amendment amendment, long storedAt) {
        return log.amend(target, amendment, storedAt);
    }

    @Override
    public CompletionStage<Optional<Long>> timeOf(Amendment amendment, long since) {
        return log.timeOf(amendment, since);
    }

    @Override
    public CompletionStage<AmendmentPage> amendments(
            ConversationId conversation, @Nullable MessagePosition after, int limit) {
        return log.amendments(conversation, after, limit);
    }

    /** The longest text that always fits into an item. It allows for control characters, which take the most bytes. */
    @Override
    public int maxTextBytes() {
        return log.maxTextBytes();
    }

    @Override
    public int maxDataBytes() {
        return log.maxDataBytes();
    }

    @Override
    public CompletionStage<Void> mark(Mark mark) {
        return log.mark(mark);
    }

    @Override
    public CompletionStage<Optional<LoggedMessage>> find(ConversationId conversation, UserId author, MessageId id) {
        return log.find(conversation, author, id);
    }

    @Override
    public CompletionStage<List<ChatEvent.Message>> quoted(
            ConversationId conversation, UserId reader, Collection<MessageRef> references) {
        return log.quoted(conversation, reader, references);
    }

    @Override
    public CompletionStage<List<LoggedMessage>> messages(
            ConversationId conversation, UserId reader, HistoryRange range) {
        return log.messages(conversation, reader, range);
    }

    @Override
    public CompletionStage<List<ConversationEntry>> conversations(
            ConversationReader reader, @Nullable ConversationPosition before, int limit) {
        return log.conversations(reader, before, limit);
    }

    @Override
    public CompletionStage<Map<UserId, Watermarks>> received(ConversationId conversation, Collection<UserId> users) {
        return log.received(conversation, users);
    }

    @Override
    public CompletionStage<Void> hide(UserId user, ConversationId conversation, MessagePosition upTo) {
        return log.hide(user, conversation, upTo);
    }

    @Override
    public CompletionStage<Set<UserId>> partners(UserId user) {
        return log.partners(user);
    }

    @Override
    public CompletionStage<Void> erase(ConversationId conversation) {
        return log.erase(conversation);
    }

    @Override
    public CompletionStage<Void> erase(UserId user) {
        return log.erase(user);
    }

    /**
     * Writes the watermarks that wait. Blocks at most for the timeouts of a write and a request together, and logs a
     * warning if some could not be written. Repeating it has no effect.
     */
    @Override
    public void close() {
        log.close();
    }
}
