package io.webchat.dynamo.internal.calllog;

import io.webchat.core.ConversationEntry;
import io.webchat.dynamo.internal.table.Item;
import io.webchat.dynamo.internal.table.TableClient;
import io.webchat.dynamo.internal.table.TableKeys;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;

/**
 * Counts unread messages, from the oldest on and up to a bound.
 *
 * <p>A user who wrote many messages without an answer has no unread ones, and counting has to pass them all. So the
 * entry remembers the time up to which nothing is unread, and later counts begin there.
 */
record UnreadCounter(TableClient table, HistoryReader history, EntryBuffer entries, Retention retention) {
    private static final int LOOKED_AT_ONCE = 500;
    /**
     * The largest number of messages to look at. If there are more, the count is {@link ConversationEntry#MAX_UNREAD}.
     */
    private static final int MAX_PAGES = 20;

    /** Younger messages may still be recorded late, by a resend: queues recognise resends for a day. */
    private static final Duration UNSETTLED = Duration.ofHours(25);

    /**
     * The number of messages by others that the user has not displayed.
     *
     * @param own the user's entry
     * @param joinedAt the time from which the user may read, 0 means from the start
     * @param lastAt the time of the conversation's last message
     */
    CompletableFuture<Integer> count(EntryKey key, EntryState own, long joinedAt, long lastAt) {
        long seen = Math.max(
                Math.max(own.hidden(), joinedAt), Math.max(own.received().displayed(), own.nothingUnread()));
        if (lastAt <= seen) {
            return CompletableFuture.completedFuture(0);
        }
        Count count = new Count();
        return table.queryPages(query(key, seen), count::more).thenApply(done -> {
            remember(key, Math.min(count.nothingUpTo, retention.clock().millis() - UNSETTLED.toMillis()), seen);
            return count.result();
        });
    }

    private QueryRequest query(EntryKey key, long seen) {
        return table.query()
                .select(Select.COUNT)
                .keyConditionExpression("pk = :pk AND sk >= :from")
                .filterExpression("NOT begins_with(gpk, :own) AND (attribute_not_exists(expires) OR expires > :now)")
                .expressionAttributeValues(Map.of(
                        ":pk", Item.text(CallLogKeys.conversation(key.conversation())),
                        ":from", Item.text(history.behind(seen)),
                        ":own", Item.text(CallLogKeys.namedBy(key.conversation(), key.user())),
                        ":now", Item.number(retention.seconds())))
                .limit(LOOKED_AT_ONCE)
                .build();
    }

    private void remember(EntryKey key, long nothingUpTo, long seen) {
        if (nothingUpTo > seen) {
            // If the buffer is full, the time is not remembered, and the next reader counts again.
            var unused = entries.raiseSoon(key, EntryState.nothingUnread(nothingUpTo));
        }
    }

    /** Counts page by page. */
    private static final class Count {
        private int pages;
        private int found;
        private boolean end;
        private long nothingUpTo;

        boolean more(QueryResponse page) {
            pages++;
            found += page.count();
            end = page.lastEvaluatedKey().isEmpty();
            if (found == 0 && !end) {
                // Other messages of the same millisecond may follow.
                nothingUpTo = CallLogKeys.position(Item.text(page.lastEvaluatedKey(), TableKeys.SK))
                                .storedAt()
                        - 1;
            }
            return found < ConversationEntry.MAX_UNREAD && pages < MAX_PAGES;
        }

        int result() {
            return end ? Math.min(ConversationEntry.MAX_UNREAD, found) : ConversationEntry.MAX_UNREAD;
        }
    }
}
