package io.webchat.dynamo.internal.calllog;

import io.webchat.core.calllog.ConversationEntry;
import io.webchat.core.ids.UserId;
import io.webchat.dynamo.internal.table.Item;
import io.webchat.dynamo.internal.table.TableClient;
import io.webchat.dynamo.internal.table.TableKeys;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * Counts unread messages, from the oldest on and up to a bound.
 *
 * <p>A user who wrote many messages without an answer has no unread ones, and counting has to pass them all. So the
 * entry remembers the position up to which nothing is unread, and later counts begin there.
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
     * @param rule tells which messages count
     * @param lastKey the key of the conversation's last message
     */
    CompletableFuture<Unread> count(EntryKey key, EntryState own, UnreadRule rule, String lastKey) {
        String joined = CallLogKeys.startOf(rule.joinedAt());
        String seen = own.seenUpTo().compareTo(joined) > 0 ? own.seenUpTo() : joined;
        if (lastKey.compareTo(CallLogKeys.MESSAGES + seen) <= 0) {
            return CompletableFuture.completedFuture(Unread.NONE);
        }
        Count count = new Count(key.user(), rule);
        return table.queryPages(query(key, own, seen), count::more).thenApply(done -> {
            if (!count.blockedFound) {
                // After an unblocking these messages count again.
                remember(key, count.nothingUpTo, seen);
            }
            return count.result();
        });
    }

    private QueryRequest query(EntryKey key, EntryState own, String seen) {
        // Hidden messages by their index keys, because a filter must not name a key of the table.
        Map<String, AttributeValue> values = new HashMap<>();
        own.hiddenSingly().stream()
                .filter(each -> each.compareTo(seen) > 0)
                .map(CallLogKeys::ofText)
                .map(each -> CallLogKeys.named(key.conversation(), each.author(), each.id()))
                .forEach(each -> values.put(":h" + values.size(), Item.text(each)));
        String hidden = values.isEmpty() ? "" : " AND NOT gpk IN (" + String.join(", ", values.keySet()) + ")";
        values.put(":pk", Item.text(CallLogKeys.conversation(key.conversation())));
        values.put(":from", Item.text(history.behind(seen)));
        values.put(":own", Item.text(CallLogKeys.namedBy(key.conversation(), key.user())));
        values.put(":now", Item.number(retention.seconds()));
        return table.query()
                .projectionExpression(MessageItems.UNREAD_ATTRIBUTES)
                .keyConditionExpression("pk = :pk AND sk > :from")
                .filterExpression(
                        "NOT begins_with(gpk, :own) AND (attribute_not_exists(expires) OR expires > :now)" + hidden)
                .expressionAttributeValues(values)
                .limit(LOOKED_AT_ONCE)
                .build();
    }

    private void remember(EntryKey key, String counted, String seen) {
        String settled = CallLogKeys.startOf(retention.clock().millis() - UNSETTLED.toMillis());
        String nothingUpTo = counted.compareTo(settled) < 0 ? counted : settled;
        if (nothingUpTo.compareTo(seen) > 0) {
            // If the buffer is full, the position is not remembered, and the next reader counts again.
            var unused = entries.raiseSoon(key, EntryState.nothingUnread(nothingUpTo));
        }
    }

    /**
     * The unread messages of a conversation.
     *
     * @param messages their number, up to {@link ConversationEntry#MAX_UNREAD}
     * @param mentions those among them that mention the user
     */
    record Unread(int messages, int mentions) {
        static final Unread NONE = new Unread(0, 0);
    }

    /** Counts page by page. */
    private static final class Count {
        private final UserId user;
        private final UnreadRule rule;
        private int pages;
        private int found;
        private int mentions;
        private boolean blockedFound;
        private boolean end;
        private String nothingUpTo = "";

        Count(UserId user, UnreadRule rule) {
            this.user = user;
            this.rule = rule;
        }

        boolean more(QueryResponse page) {
            pages++;
            page.items().forEach(this::add);
            end = page.lastEvaluatedKey().isEmpty();
            if (found == 0 && !end) {
                nothingUpTo = Item.text(page.lastEvaluatedKey(), TableKeys.SK).substring(CallLogKeys.MESSAGES.length());
            }
            return found < ConversationEntry.MAX_UNREAD && pages < MAX_PAGES;
        }

        private void add(Map<String, AttributeValue> item) {
            blockedFound |= rule.isBlocked(item);
            if (found < ConversationEntry.MAX_UNREAD && rule.counts(item)) {
                found++;
                mentions += MessageItems.mentions(item, user) ? 1 : 0;
            }
        }

        Unread result() {
            return new Unread(end ? found : ConversationEntry.MAX_UNREAD, mentions);
        }
    }
}
