package io.webchat.dynamo;

import io.webchat.core.ConversationId;
import io.webchat.core.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Deletes conversations: the messages first and the entries last, so that one that failed can be named again. */
record Eraser(Table table, Entries entries) {
    private static final int WIDTH = 4;
    private static final int MAX_REPEATS = 50;
    private static final String KEYS_ONLY = "pk, sk";

    CompletableFuture<Void> erase(ConversationId conversation) {
        QueryRequest messages = table.query()
                .keyConditionExpression("pk = :pk")
                .expressionAttributeValues(Map.of(":pk", Item.text(Keys.conversation(conversation))))
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
                .expressionAttributeValues(Map.of(":room", Item.text(Keys.watermarks(conversation))))
                .build();
        List<EntryKey> keys = new ArrayList<>();
        return table.queryPages(inRoom, page -> {
                    page.items()
                            .forEach(item -> keys.add(new EntryKey(
                                    UserId.of(Item.text(item, Keys.PK).substring("U#".length())), conversation)));
                    return true;
                })
                .thenCompose(done -> deleteEntries(keys));
    }

    CompletableFuture<Void> erase(UserId user) {
        QueryRequest ofUser = table.query()
                .keyConditionExpression("pk = :user AND begins_with(sk, :entries)")
                .expressionAttributeValues(
                        Map.of(":user", Item.text(Keys.user(user)), ":entries", Item.text(Keys.ENTRIES)))
                .projectionExpression(KEYS_ONLY)
                .build();
        List<ConversationId> all = new ArrayList<>();
        return table.queryPages(ofUser, page -> {
                    page.items()
                            .forEach(item -> all.add(
                                    ConversationId.of(Item.text(item, Keys.SK).substring(Keys.ENTRIES.length()))));
                    return true;
                })
                .thenCompose(done -> eraseAll(user, all));
    }

    private CompletableFuture<Void> eraseAll(UserId user, List<ConversationId> conversations) {
        Gate gate = new Gate(WIDTH);
        return Stages.all(conversations.stream()
                .map(each -> gate.run(
                        () -> each.isDirect() ? erase(each) : deleteEntries(List.of(new EntryKey(user, each)))))
                .toList());
    }

    private CompletableFuture<Void> deleteEntries(List<EntryKey> keys) {
        return entries.forget(keys)
                .toCompletableFuture()
                .thenCompose(done -> deleteAll(keys.stream().map(EntryKey::key).toList()));
    }

    /** Deletes a page of what the query finds, then the next one. */
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
        Gate gate = new Gate(WIDTH);
        List<CompletableFuture<Void>> parts = new ArrayList<>();
        for (int from = 0; from < keys.size(); from += Table.MAX_WRITES) {
            List<WriteRequest> part = keys.subList(from, Math.min(keys.size(), from + Table.MAX_WRITES)).stream()
                    .map(key -> WriteRequest.builder()
                            .deleteRequest(delete -> delete.key(key))
                            .build())
                    .toList();
            parts.add(gate.run(() -> delete(part, 0)));
        }
        return Stages.all(parts);
    }

    private CompletableFuture<Void> delete(List<WriteRequest> part, int repeats) {
        return table.writeAll(part).thenCompose(answer -> {
            List<WriteRequest> left = answer.unprocessedItems().getOrDefault(table.name(), List.of());
            if (left.isEmpty()) {
                return CompletableFuture.<Void>completedFuture(null);
            }
            if (repeats >= MAX_REPEATS) {
                return CompletableFuture.failedFuture(Faults.unavailable("DynamoDB is busy"));
            }
            return Stages.later(Backoff.delay(repeats)).thenCompose(waited -> delete(left, repeats + 1));
        });
    }
}
