package io.webchat.dynamo.internal.calllog;

import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.calllog.MessagePosition;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.calllog.HistoryRange;
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
                .thenCompose(there -> items(conversation, range, there.getOrDefault(reader, EntryState.NONE))
                        .thenCompose(items -> withStatus(conversation, items, there)));
    }

    /** The messages of the range, up to its limit, without expired ones and those that the reader has hidden. */
    private CompletableFuture<List<Map<String, AttributeValue>>> items(
            ConversationId conversation, HistoryRange range, EntryState reader) {
        MessagePosition after = range.after();
        MessagePosition before = range.before();
        // BETWEEN includes the key of {@code to} itself; one more item makes up for it.
        String from = behind(max(reader.hiddenUpTo(), after == null ? "" : CallLogKeys.text(after)));
        String to = before == null ? END : CallLogKeys.message(before);
        if (from.compareTo(to) > 0) {
            return CompletableFuture.completedFuture(List.of());
        }
        QueryRequest query = between(conversation, from, to)
                .scanIndexForward(range.oldestFirst())
                .limit(range.limit() + 1)
                .build();
        return collect(
                query, range.limit(), item -> visible(item, reader) && !to.equals(Item.text(item, TableKeys.SK)));
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

    private boolean visible(Map<String, AttributeValue> item, EntryState reader) {
        String text = Item.text(item, TableKeys.SK).substring(CallLogKeys.MESSAGES.length());
        return !retention.expired(item) && !reader.hiddenSingly().contains(text);
    }

    /** A key between that of this position, given as {@link CallLogKeys#text}, and those of later messages. */
    String behind(String position) {
        // A blank is smaller than every character of an id.
        return CallLogKeys.MESSAGES + max(position, CallLogKeys.startOf(retention.expiredUpTo() + 1)) + " ";
    }

    /** The positions of the messages between two positions, the later one included; at most so many of the newest. */
    CompletableFuture<List<MessagePosition>> recorded(
            ConversationId conversation, MessagePosition after, MessagePosition upTo, int limit) {
        QueryRequest query = between(conversation, behind(CallLogKeys.text(after)), CallLogKeys.message(upTo))
                .projectionExpression(TableKeys.SK)
                .scanIndexForward(false)
                .limit(limit)
                .build();
        return collect(query, limit, item -> true)
                .thenApply(items -> items.stream().map(MessageItems::place).toList());
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
                .map(LatestMessage::of)
                .map(message ->
                        message.logged(authors.getOrDefault(message.position().author(), EntryState.NONE)))
                .toList();
    }

    /** Finds a message by the index. The index lags behind a little, so the newest messages are searched too. */
    CompletableFuture<Optional<LoggedMessage>> find(ConversationId conversation, UserId author, MessageId id) {
        return table.query(QuotedMessages.named(table, CallLogKeys.named(conversation, author, id), 1))
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
        QueryRequest query = between(conversation, behind(""), END)
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

    /** The latest message that has not expired and that the reader has not hidden. */
    CompletableFuture<Optional<LatestMessage>> last(ConversationId conversation, EntryState reader) {
        QueryRequest query = between(conversation, behind(reader.hiddenUpTo()), END)
                .scanIndexForward(false)
                .limit(1 + reader.hiddenSingly().size())
                .build();
        return collect(query, 1, item -> visible(item, reader))
                .thenApply(items -> items.stream().findFirst().map(LatestMessage::of));
    }
}
