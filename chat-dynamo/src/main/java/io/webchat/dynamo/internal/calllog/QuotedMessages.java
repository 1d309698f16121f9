package io.webchat.dynamo.internal.calllog;

import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.MessageRef;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.UserId;
import io.webchat.dynamo.internal.table.Futures;
import io.webchat.dynamo.internal.table.Item;
import io.webchat.dynamo.internal.table.TableClient;
import io.webchat.dynamo.internal.table.TableKeys;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * Finds messages that others answer: a query of the index for each, and one read of all that exist. It does not search
 * the newest messages that the index lacks, because a client can name as many missing messages as it likes.
 */
record QuotedMessages(TableClient table, EntryReader entries, Retention retention) {
    CompletableFuture<List<ChatEvent.Message>> find(
            ConversationId conversation, UserId reader, Collection<MessageRef> references) {
        List<CompletableFuture<List<String>>> named = references.stream()
                .distinct()
                .map(each -> keysOf(CallLogKeys.named(conversation, each.from(), each.id())))
                .toList();
        return entries.of(conversation, List.of(reader))
                .thenCombine(Futures.all(named), (states, done) -> states.getOrDefault(reader, EntryState.NONE))
                .thenCompose(state -> read(
                        conversation,
                        named.stream()
                                .flatMap(each -> each.join().stream())
                                .filter(visibleTo(state))
                                .toList()));
    }

    private CompletableFuture<List<String>> keysOf(String name) {
        return table.query(named(table, name, 1))
                .thenApply(page -> page.items().stream()
                        .map(item -> Item.text(item, TableKeys.SK))
                        .toList());
    }

    /** The query of the index that finds the keys of the latest records with this name. */
    static QueryRequest named(TableClient table, String name, int limit) {
        return table.queryIndex()
                .keyConditionExpression("gpk = :name")
                .expressionAttributeValues(Map.of(":name", Item.text(name)))
                .scanIndexForward(false)
                .limit(limit)
                .build();
    }

    private static Predicate<String> visibleTo(EntryState reader) {
        return key -> {
            String position = key.substring(CallLogKeys.MESSAGES.length());
            return position.compareTo(reader.hiddenUpTo()) > 0
                    && !reader.hiddenSingly().contains(position);
        };
    }

    private CompletableFuture<List<ChatEvent.Message>> read(ConversationId conversation, List<String> keys) {
        if (keys.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        List<Map<String, AttributeValue>> items = keys.stream()
                .map(key -> Item.key(CallLogKeys.conversation(conversation), key))
                .toList();
        return table.getAll(items, null)
                .thenApply(found -> found.stream()
                        .filter(item -> !retention.expired(item))
                        .map(item -> MessageItems.decode(Item.text(item, MessageItems.EVENT)))
                        .toList());
    }
}
