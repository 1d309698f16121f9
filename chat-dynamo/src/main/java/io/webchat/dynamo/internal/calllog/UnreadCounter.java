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
 * Counts what is unread, from the oldest on and up to a bound. Who wrote much that nobody answered has all of that in
 * the way: the entry remembers up to where there was nothing to count, so that it is looked at once.
 */
record UnreadCounter(TableClient table, HistoryReader history, EntryBuffer entries, Retention retention) {
    private static final int LOOKED_AT_ONCE = 500;
    /** So many messages are looked at: {@link ConversationEntry#MAX_UNREAD} stands for what lies beyond, too. */
    private static final int MAX_PAGES = 20;

    /** What is younger than this may still be recorded, by who sends again: queues remember messages for a day. */
    private static final Duration UNSETTLED = Duration.ofHours(25);

    /**
     * How many messages of others are behind what the user has seen.
     *
     * @param own the user's entry
     * @param joinedAt since when the user may read, 0 for ever
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
            // Where too much waits to be written this is not: the next reader looks again.
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
                // Others of the same millisecond may follow.
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
