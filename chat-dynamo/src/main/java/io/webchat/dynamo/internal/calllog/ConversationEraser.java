package io.webchat.dynamo.internal.calllog;

import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.UserId;
import io.webchat.dynamo.internal.table.ConcurrencyLimiter;
import io.webchat.dynamo.internal.table.DynamoErrors;
import io.webchat.dynamo.internal.table.Futures;
import io.webchat.dynamo.internal.table.Item;
import io.webchat.dynamo.internal.table.TableClient;
import io.webchat.dynamo.internal.table.TableKeys;
import io.webchat.dynamo.internal.table.ThrottleRetry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Deletes conversations: first the messages, then the entries. So the list still names a conversation whose deletion
 * failed.
 */
record ConversationEraser(TableClient table, EntryBuffer entries) {
    private static final int MAX_IN_FLIGHT = 4;
    private static final int MAX_REPEATS = 50;
    private static final String KEYS_ONLY = "pk, sk";

    CompletableFuture<Void> erase(ConversationId conversation) {
        QueryRequest messages = table.query()
                .keyConditionExpression("pk = :pk")
                .expressionAttributeValues(Map.of(":pk", Item.text(CallLogKeys.conversation(conversation))))
                .projectionExpression(KEYS_ONLY)
                .build();
        return deleteFound(messages).thenCompose(done -> eraseEntries(conversation));
    }

    private CompletableFuture<Void> eraseEntries(ConversationId conversation) {
        if (conversation.isDirect()) {
            return deleteEntries(conversation.users().stream()
                    .map(user -> new EntryKey(user, conversation))
                    .toList());
        }
        QueryRequest inRoom = table.queryIndex()
                .keyConditionExpression("gpk = :room")
                .expressionAttributeValues(Map.of(":room", Item.text(CallLogKeys.watermarks(conversation))))
                .build();
        List<EntryKey> keys = new ArrayList<>();
        return table.queryPages(inRoom, page -> {
                    page.items()
                            .forEach(item -> keys.add(new EntryKey(
                                    UserId.of(Item.text(item, TableKeys.PK).substring("U#".length())), conversation)));
                    return true;
                })
                .thenCompose(done -> deleteEntries(keys));
    }

    CompletableFuture<Void> erase(UserId user) {
        return conversations(user).thenCompose(all -> eraseAll(user, all));
    }

    /** All conversations of which the user has an entry: rooms and hidden ones too. */
    CompletableFuture<List<ConversationId>> conversations(UserId user) {
        QueryRequest ofUser = table.query()
                .keyConditionExpression("pk = :user AND begins_with(sk, :entries)")
                .expressionAttributeValues(
                        Map.of(":user", Item.text(TableKeys.user(user)), ":entries", Item.text(CallLogKeys.ENTRIES)))
                .projectionExpression(KEYS_ONLY)
                .build();
        List<ConversationId> all = new ArrayList<>();
        return table.queryPages(ofUser, page -> {
                    page.items().forEach(item -> all.add(CallLogKeys.conversationOf(Item.text(item, TableKeys.SK))));
                    return true;
                })
                .thenApply(done -> all);
    }

    private CompletableFuture<Void> eraseAll(UserId user, List<ConversationId> conversations) {
        ConcurrencyLimiter limiter = new ConcurrencyLimiter(MAX_IN_FLIGHT);
        return Futures.all(conversations.stream()
                .map(each -> limiter.run(
                        () -> each.isDirect() ? erase(each) : deleteEntries(List.of(new EntryKey(user, each)))))
                .toList());
    }

    private CompletableFuture<Void> deleteEntries(List<EntryKey> keys) {
        return entries.forget(keys)
                .toCompletableFuture()
                .thenCompose(done -> deleteAll(keys.stream().map(EntryKey::key).toList()));
    }

    /** Deletes the items of one page of the query, then those of the next. */
    private CompletableFuture<Void> deleteFound(QueryRequest query) {
        return table.query(query)
                .thenCompose(
                        page -> deleteAll(page.items().stream().map(Item::key).toList())
                                .thenCompose(done -> rest(query, page)));
    }

    private CompletableFuture<Void> rest(QueryRequest query, QueryResponse page) {
        return page.lastEvaluatedKey().isEmpty()
                ? CompletableFuture.completedFuture(null)
                : deleteFound(query.toBuilder()
                        .exclusiveStartKey(page.lastEvaluatedKey())
                        .build());
    }

    private CompletableFuture<Void> deleteAll(List<Map<String, AttributeValue>> keys) {
        ConcurrencyLimiter limiter = new ConcurrencyLimiter(MAX_IN_FLIGHT);
        List<CompletableFuture<Void>> parts = new ArrayList<>();
        for (int from = 0; from < keys.size(); from += TableClient.MAX_WRITES) {
            List<WriteRequest> part = keys.subList(from, Math.min(keys.size(), from + TableClient.MAX_WRITES)).stream()
                    .map(key -> WriteRequest.builder()
                            .deleteRequest(delete -> delete.key(key))
                            .build())
                    .toList();
            parts.add(limiter.run(() -> delete(part, 0)));
        }
        return Futures.all(parts);
    }

    private CompletableFuture<Void> delete(List<WriteRequest> part, int repeats) {
        return table.writeAll(part).thenCompose(answer -> {
            List<WriteRequest> left = answer.unprocessedItems().getOrDefault(table.name(), List.of());
            if (left.isEmpty()) {
                return CompletableFuture.<Void>completedFuture(null);
            }
            if (repeats >= MAX_REPEATS) {
                return CompletableFuture.failedFuture(DynamoErrors.unprocessed());
            }
            return Futures.later(ThrottleRetry.BACKOFF.delay(repeats)).thenCompose(waited -> delete(left, repeats + 1));
        });
    }
}
