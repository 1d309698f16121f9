package io.webchat.dynamo;

import io.webchat.core.ChatEvent;
import io.webchat.core.ChatException;
import io.webchat.core.ConversationEntry;
import io.webchat.core.ConversationId;
import io.webchat.core.ConversationPosition;
import io.webchat.core.ErrorCode;
import io.webchat.core.LoggedMessage;
import io.webchat.core.Membership;
import io.webchat.core.MessageId;
import io.webchat.core.MessageStatus;
import io.webchat.core.UserId;
import io.webchat.core.spi.CallLogRemoval;
import io.webchat.core.spi.CallLogStore;
import io.webchat.core.spi.HistoryRange;
import io.webchat.core.spi.Mark;
import io.webchat.core.spi.NewMessageLog;
import io.webchat.core.spi.TextLimit;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The call log in DynamoDB. Messages leave in batches, each message after a few milliseconds at most; watermarks are
 * written once per {@link DynamoConfig#flushInterval()} and entry, so that other nodes see a mark that much later.
 * {@link #close} writes what waits. Where DynamoDB throttles, appends wait, and fail with {@code unavailable} when it
 * takes too long or too much waits already; an append that failed may have taken effect all the same, and is safe to
 * repeat.
 *
 * <p>A user's list of 1:1 conversations comes from an index, which DynamoDB keeps up to date within milliseconds as a
 * rule. Safe for use by any number of threads; stages complete on threads of the client.
 */
public final class DynamoCallLogStore implements CallLogStore, NewMessageLog, CallLogRemoval, TextLimit, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DynamoCallLogStore.class);

    private final Timers timers = new Timers("webchat-dynamo");
    private final Retention retention;
    private final GroupCommit messages;
    private final Entries entries;
    private final History history;
    private final Conversations conversations;
    private final Eraser eraser;
    private final long closeMillis;

    private DynamoCallLogStore(DynamoDbAsyncClient client, DynamoConfig config, Clock clock) {
        Table table = new Table(client, config);
        retention = new Retention(config.retention().orElse(null), clock);
        messages = new GroupCommit(new FirstWins(table), timers, config);
        entries = new Entries(new EntryWriter(table, retention), timers, config);
        EntryReader reader = new EntryReader(table);
        history = new History(table, reader, retention);
        Unread unread = new Unread(table, history, entries, retention);
        conversations = new Conversations(table, reader, history, unread);
        eraser = new Eraser(table, entries);
        closeMillis = config.writeTimeout().plus(config.requestTimeout()).toMillis();
    }

    /** A call log in a table that {@link DynamoTable} made. The client stays the caller's to close, after this. */
    public static DynamoCallLogStore create(DynamoDbAsyncClient client, DynamoConfig config) {
        return create(client, config, Clock.systemUTC());
    }

    static DynamoCallLogStore create(DynamoDbAsyncClient client, DynamoConfig config, Clock clock) {
        return new DynamoCallLogStore(client, config, clock);
    }

    @Override
    public CompletionStage<Void> append(ConversationId conversation, ChatEvent.Message message, long storedAt) {
        return record(conversation, message, storedAt, true);
    }

    @Override
    public CompletionStage<Void> appendNew(ConversationId conversation, ChatEvent.Message message, long storedAt) {
        return record(conversation, message, storedAt, false);
    }

    private CompletionStage<Void> record(
            ConversationId conversation, ChatEvent.Message message, long storedAt, boolean mayBeThere) {
        Last last = Last.of(message, storedAt);
        int bytes = Messages.bytes(last);
        if (bytes > Messages.MAX_BYTES) {
            return CompletableFuture.failedFuture(new ChatException(
                    ErrorCode.TOO_LARGE, "the call log takes texts of up to " + Messages.MAX_TEXT + " bytes"));
        }
        Map<String, AttributeValue> item =
                retention.mark(Messages.item(conversation, last), storedAt).map();
        // The entries come second: no list may name a message that is not there.
        return messages.put(new GroupCommit.Write(item, mayBeThere), bytes)
                .thenCompose(done -> Stages.all(conversation.users().stream()
                        .map(user -> entries.list(new EntryKey(user, conversation), storedAt))
                        .toList()));
    }

    /** What an item of DynamoDB holds of a text that consists of control characters, which take the most room. */
    @Override
    public int maxTextBytes() {
        return Messages.MAX_TEXT;
    }

    @Override
    public CompletionStage<Void> mark(Mark mark) {
        if (mark.status() == MessageStatus.SENT || mark.upTo() <= 0) {
            return CompletableFuture.completedFuture(null);
        }
        CompletionStage<Void> author = entries.raiseSoon(
                new EntryKey(mark.author(), mark.conversation()), EntryState.sent(mark.status(), mark.upTo()));
        CompletionStage<Void> reader = entries.raiseSoon(
                new EntryKey(mark.reader(), mark.conversation()), EntryState.received(mark.status(), mark.upTo()));
        return Stages.all(List.of(author, reader));
    }

    @Override
    public CompletionStage<Optional<LoggedMessage>> find(ConversationId conversation, UserId author, MessageId id) {
        return history.find(conversation, author, id);
    }

    @Override
    public CompletionStage<List<LoggedMessage>> messages(
            ConversationId conversation, UserId reader, HistoryRange range) {
        return history.messages(conversation, reader, range);
    }

    @Override
    public CompletionStage<List<ConversationEntry>> conversations(
            UserId user, Collection<Membership> rooms, @Nullable ConversationPosition before, int limit) {
        return conversations.page(user, rooms, before, limit);
    }

    @Override
    public CompletionStage<Void> hide(UserId user, ConversationId conversation, long upTo) {
        return upTo <= 0
                ? CompletableFuture.completedFuture(null)
                : entries.raiseNow(new EntryKey(user, conversation), EntryState.hidden(upTo));
    }

    @Override
    public CompletionStage<Void> erase(ConversationId conversation) {
        return eraser.erase(conversation);
    }

    @Override
    public CompletionStage<Void> erase(UserId user) {
        return eraser.erase(user);
    }

    /**
     * Writes what waits, for at most the time-outs of a write and a request together; blocks for that long. What could
     * not be written then is said in the log. Repeating it does nothing.
     */
    @Override
    public void close() {
        try {
            entries.close().toCompletableFuture().get(closeMillis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            log.warn("the last watermarks may be lost: {}", String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            log.warn("interrupted while the last watermarks were written");
        } finally {
            timers.close();
        }
    }
}
