package io.webchat.dynamo.internal.calllog;

import io.webchat.core.ChatEvent;
import io.webchat.core.ConversationId;
import io.webchat.core.LoggedMessage;
import io.webchat.core.MessageId;
import io.webchat.core.MessagePosition;
import io.webchat.core.UserId;
import io.webchat.core.spi.HistoryRange;
import io.webchat.dynamo.internal.table.Item;
import io.webchat.dynamo.internal.table.TableClient;
import io.webchat.dynamo.internal.table.TableKeys;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** Reads messages of conversations with one query per page, and more only to pass expired messages. */
record HistoryReader(TableClient table, EntryReader entries, Retention retention) {
    private static final int NEWEST = 100;

    private static final String BETWEEN = "pk = :pk AND sk BETWEEN :from AND :to";
    /** Greater than every sort key of a message. */
    private static final String END = "M#~";

    CompletableFuture<List<LoggedMessage>> messages(ConversationId conversation, UserId reader, HistoryRange range) {
        if (range.isEmpty() || range.limit() < 1) {
            return CompletableFuture.completedFuture(List.of());
        }
        Set<UserId> known = new HashSet<>(conversation.users());
        known.add(reader);
        return entries.of(conversation, known)
                .thenCompose(there -> items(
                                conversation,
                                range,
                                there.getOrDefault(reader, EntryState.NONE).hidden())
                        .thenCompose(items -> withStatus(conversation, items, there)));
    }

    /** The messages of the range, up to its limit, without expired ones and those stored up to {@code hidden}. */
    private CompletableFuture<List<Map<String, AttributeValue>>> items(
            ConversationId conversation, HistoryRange range, long hidden) {
        MessagePosition after = range.after();
        MessagePosition before = range.before();
        // BETWEEN includes the key of {@code to} itself; one more item makes up for it.
        String from = max(behind(hidden), after == null ? CallLogKeys.MESSAGES : CallLogKeys.message(after) + " ");
        String to = before == null ? END : CallLogKeys.message(before);
        if (from.compareTo(to) > 0) {
            return CompletableFuture.completedFuture(List.of());
        }
        QueryRequest query = between(conversation, from, to)
                .scanIndexForward(range.oldestFirst())
                .limit(range.limit() + 1)
                .build();
        return collect(
                query, range.limit(), item -> !retention.expired(item) && !to.equals(Item.text(item, TableKeys.SK)));
    }

    private CompletableFuture<List<Map<String, AttributeValue>>> collect(
            QueryRequest query, int limit, Predicate<Map<String, AttributeValue>> wanted) {
        List<Map<String, AttributeValue>> found = new ArrayList<>();
        return table.queryPages(query, page -> {
                    page.items().stream()
                            .filter(wanted)
                            .limit((long) limit - found.size())
                            .forEach(found::add);
                    return found.size() < limit;
                })
                .thenApply(done -> found);
    }

    private QueryRequest.Builder between(ConversationId conversation, String from, String to) {
        return table.query()
                .keyConditionExpression(BETWEEN)
                .expressionAttributeValues(Map.of(
                        ":pk", Item.text(CallLogKeys.conversation(conversation)),
                        ":from", Item.text(from),
                        ":to", Item.text(to)));
    }

    /** The smallest key of messages stored after this time that have not expired. */
    String behind(long storedAt) {
        return CallLogKeys.from(Math.max(storedAt, retention.expiredUpTo()) + 1);
    }

    private static String max(String one, String other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private CompletableFuture<List<LoggedMessage>> withStatus(
            ConversationId conversation, List<Map<String, AttributeValue>> items, Map<UserId, EntryState> known) {
        Set<UserId> authors = new HashSet<>();
        items.forEach(item -> authors.add(MessageItems.place(item).author()));
        if (known.keySet().containsAll(authors)) {
            return CompletableFuture.completedFuture(logged(items, known));
        }
        return entries.of(conversation, authors).thenApply(all -> logged(items, all));
    }

    private static List<LoggedMessage> logged(
            List<Map<String, AttributeValue>> items, Map<UserId, EntryState> authors) {
        return items.stream()
                .map(item -> logged(
                        MessageItems.message(item),
                        MessageItems.place(item).storedAt(),
                        authors.getOrDefault(MessageItems.place(item).author(), EntryState.NONE)))
                .toList();
    }

    static LoggedMessage logged(ChatEvent.Message message, long storedAt, EntryState author) {
        return new LoggedMessage(message, storedAt, author.sent().of(storedAt));
    }

    /** Finds a message by the index. The index lags behind a little, so the newest messages are searched too. */
    CompletableFuture<Optional<LoggedMessage>> find(ConversationId conversation, UserId author, MessageId id) {
        QueryRequest query = table.queryIndex()
                .keyConditionExpression("gpk = :name")
                .expressionAttributeValues(Map.of(":name", Item.text(CallLogKeys.named(conversation, author, id))))
                .scanIndexForward(false)
                .limit(1)
                .build();
        return table.query(query)
                .thenCompose(page -> page.items().isEmpty()
                        ? newest(conversation, author, id)
                        : table.get(
                                CallLogKeys.conversation(conversation),
                                Item.text(page.items().get(0), TableKeys.SK)))
                .thenCompose(item -> item == null || retention.expired(item)
                        ? CompletableFuture.completedFuture(Optional.empty())
                        : withStatus(conversation, List.of(item), Map.of())
                                .thenApply(found -> Optional.of(found.get(0))));
    }

    private CompletableFuture<@Nullable Map<String, AttributeValue>> newest(
            ConversationId conversation, UserId author, MessageId id) {
        QueryRequest query = between(conversation, behind(0), END)
                .scanIndexForward(false)
                .limit(NEWEST)
                .build();
        String name = CallLogKeys.named(conversation, author, id);
        return table.query(query)
                .thenApply(page -> page.items().stream()
                        .filter(item -> name.equals(Item.textOrNull(item, TableKeys.INDEX_PK)))
                        .findFirst()
                        .orElse(null));
    }

    /** The latest message that has not expired. */
    CompletableFuture<Optional<LatestMessage>> last(ConversationId conversation) {
        QueryRequest query = between(conversation, behind(0), END)
                .scanIndexForward(false)
                .limit(1)
                .build();
        return collect(query, 1, item -> !retention.expired(item))
                .thenApply(items -> items.stream()
                        .findFirst()
                        .map(item ->
                                new LatestMessage(Item.text(item, TableKeys.SK), Item.text(item, MessageItems.EVENT))));
    }
}
