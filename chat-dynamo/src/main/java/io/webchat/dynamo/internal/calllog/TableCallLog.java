package io.webchat.dynamo.internal.calllog;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.calllog.ConversationEntry;
import io.webchat.core.calllog.ConversationPosition;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.calllog.MessagePosition;
import io.webchat.core.calllog.MessageStatus;
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
import io.webchat.core.spi.support.Failures;
import io.webchat.core.spi.support.HiddenMessages;
import io.webchat.core.spi.support.LateMessages;
import io.webchat.dynamo.internal.table.Futures;
import io.webchat.dynamo.internal.table.TableClient;
import io.webchat.dynamo.internal.table.TableSettings;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The call log in the table. Messages leave in batches. Watermarks wait in memory and are written once per interval and
 * entry.
 */
public final class TableCallLog
        implements CallLogStore, NewMessageLog, AmendmentLog, CallLogRemoval, ReaderMarks, ContentLimit, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TableCallLog.class);

    private final TimerThread timer = new TimerThread("webchat-dynamo");
    private final Retention retention;
    private final GroupCommit messages;
    private final EntryBuffer entries;
    private final EntryReader marks;
    private final HistoryReader history;
    private final QuotedMessages quotes;
    private final ConversationListReader conversations;
    private final ConversationEraser eraser;
    private final AmendmentWriter amendmentWriter;
    private final AmendmentReader amendmentReader;
    private final String table;
    private final long closeMillis;

    /** The call log in the table of these settings. */
    public TableCallLog(DynamoDbAsyncClient dynamo, TableSettings settings, Clock clock) {
        TableClient client = new TableClient(dynamo, settings);
        retention = new Retention(settings.retention(), clock);
        messages = new GroupCommit(new PutIfAbsent(client), timer, settings);
        entries = new EntryBuffer(new EntryWriter(client, retention), timer, settings);
        marks = new EntryReader(client);
        history = new HistoryReader(client, marks, retention);
        quotes = new QuotedMessages(client, marks, retention);
        UnreadCounter unread = new UnreadCounter(client, history, entries, retention);
        conversations = new ConversationListReader(client, marks, history, unread);
        eraser = new ConversationEraser(client, entries);
        amendmentWriter = new AmendmentWriter(client, messages, retention);
        amendmentReader = new AmendmentReader(client, retention);
        table = settings.table();
        closeMillis = settings.closeMillis();
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
        LatestMessage last = LatestMessage.of(message, storedAt);
        int bytes = MessageItems.bytes(last);
        if (bytes > MessageItems.MAX_BYTES) {
            return CompletableFuture.failedFuture(new ChatException(
                    ErrorCode.TOO_LARGE,
                    "the call log takes texts of up to " + MessageItems.MAX_TEXT + " bytes, and data of up to "
                            + MessageItems.MAX_DATA));
        }
        Map<String, AttributeValue> item = retention
                .mark(MessageItems.item(conversation, last, message.content()), storedAt)
                .map();
        // Entries come after the message: no list may name a message that does not exist.
        return messages.put(new GroupCommit.Write(item, mayBeThere), bytes)
                .thenCompose(done -> Futures.all(conversation.users().stream()
                        .map(user -> entries.list(new EntryKey(user, conversation), storedAt))
                        .toList()));
    }

    @Override
    public CompletionStage<AmendmentOutcome> amend(LoggedMessage target, Amendment amendment, long storedAt) {
        return amendmentWriter.amend(target, amendment, storedAt);
    }

    @Override
    public CompletionStage<Optional<Long>> timeOf(Amendment amendment, long since) {
        return amendmentReader.timeOf(amendment, since);
    }

    @Override
    public CompletionStage<AmendmentPage> amendments(
            ConversationId conversation, @Nullable MessagePosition after, int limit) {
        return amendmentReader.page(conversation, after, limit);
    }

    /** The longest text that always fits into an item. It allows for control characters, which take the most bytes. */
    @Override
    public int maxTextBytes() {
        return MessageItems.MAX_TEXT;
    }

    /** The largest data that always fit into an item beside the longest text. */
    @Override
    public int maxDataBytes() {
        return MessageItems.MAX_DATA;
    }

    @Override
    public CompletionStage<Void> mark(Mark mark) {
        if (mark.status() == MessageStatus.SENT) {
            return CompletableFuture.completedFuture(null);
        }
        CompletionStage<Void> author = entries.raiseSoon(
                new EntryKey(mark.author(), mark.conversation()), EntryState.sent(mark.status(), mark.upTo()));
        CompletionStage<Void> reader = entries.raiseSoon(
                new EntryKey(mark.reader(), mark.conversation()), EntryState.received(mark.status(), mark.upTo()));
        return Futures.all(List.of(author, reader));
    }

    @Override
    public CompletionStage<Optional<LoggedMessage>> find(ConversationId conversation, UserId author, MessageId id) {
        return history.find(conversation, author, id);
    }

    @Override
    public CompletionStage<List<ChatEvent.Message>> quoted(
            ConversationId conversation, UserId reader, Collection<MessageRef> references) {
        return quotes.find(conversation, reader, references);
    }

    @Override
    public CompletionStage<List<LoggedMessage>> messages(
            ConversationId conversation, UserId reader, HistoryRange range) {
        return history.messages(conversation, reader, range);
    }

    @Override
    public CompletionStage<List<ConversationEntry>> conversations(
            ConversationReader reader, @Nullable ConversationPosition before, int limit) {
        return conversations.page(reader, before, limit);
    }

    @Override
    public CompletionStage<Map<UserId, Watermarks>> received(ConversationId conversation, Collection<UserId> users) {
        return marks.of(conversation, users)
                .thenApply(found -> found.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, each -> each.getValue().received())));
    }

    @Override
    public CompletionStage<Void> hide(UserId user, ConversationId conversation, MessagePosition upTo) {
        // One more than are named singly, so that the position rises if there are too many.
        return history.recorded(conversation, LateMessages.settledBefore(upTo), upTo, HiddenMessages.MAX_SINGLE + 1)
                .thenApply(recorded -> EntryState.hidden(HiddenMessages.upTo(upTo, recorded)))
                .thenCompose(hidden -> entries.raiseNow(new EntryKey(user, conversation), hidden));
    }

    @Override
    public CompletionStage<Set<UserId>> partners(UserId user) {
        return eraser.conversations(user)
                .thenApply(all -> all.stream()
                        .filter(ConversationId::isDirect)
                        .flatMap(each -> each.users().stream())
                        .filter(each -> !each.equals(user))
                        .collect(Collectors.toUnmodifiableSet()));
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
     * Writes the watermarks that wait. Blocks at most for the timeouts of a write and a request together. Repeating it
     * has no effect.
     */
    @Override
    public void close() {
        try {
            entries.close().toCompletableFuture().get(closeMillis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            log.warn(
                    "the last watermarks may be lost: the DynamoDB table {} did not take them within {} ms",
                    table,
                    closeMillis);
        } catch (ExecutionException e) {
            log.warn(
                    "the last watermarks may be lost: writing them to the DynamoDB table {} failed: {}",
                    table,
                    reason(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            log.warn("the last watermarks may be lost: the thread that closed the call log was interrupted");
        } finally {
            timer.close();
        }
    }

    private static String reason(ExecutionException failure) {
        return String.valueOf(Failures.unwrap(failure.getCause() == null ? failure : failure.getCause())
                .getMessage());
    }
}
