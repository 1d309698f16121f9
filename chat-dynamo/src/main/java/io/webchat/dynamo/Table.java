package io.webchat.dynamo;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Requests to the one table. Each fails with {@code unavailable} when it has no answer in time; only conditions that do
 * not hold, and cancelled transactions, reach the caller as they are. Reads are consistent, except in the index.
 */
final class Table {
    /** How many items one BatchGetItem may ask for. */
    static final int MAX_GETS = 100;
    /** How many items one BatchWriteItem may hold. */
    static final int MAX_WRITES = 25;

    private final DynamoDbAsyncClient client;
    private final String name;
    private final AwsRequestOverrideConfiguration limits;

    Table(DynamoDbAsyncClient client, DynamoConfig config) {
        this.client = client;
        this.name = config.table();
        this.limits = AwsRequestOverrideConfiguration.builder()
                .apiCallTimeout(config.requestTimeout())
                .build();
    }

    String name() {
        return name;
    }

    CompletableFuture<@Nullable Map<String, AttributeValue>> get(String pk, String sk) {
        return call(() -> client.getItem(get -> get.tableName(name)
                        .key(Item.key(pk, sk))
                        .consistentRead(true)
                        .overrideConfiguration(limits)))
                .thenApply(found -> itemOf(found));
    }

    private static @Nullable Map<String, AttributeValue> itemOf(GetItemResponse found) {
        return found.hasItem() ? found.item() : null;
    }

    /** The items that are there, in no order; of each the attributes named, or all where none is. */
    CompletableFuture<List<Map<String, AttributeValue>>> getAll(
            Collection<Map<String, AttributeValue>> keys, @Nullable String attributes) {
        List<Map<String, AttributeValue>> all = List.copyOf(keys);
        List<CompletableFuture<List<Map<String, AttributeValue>>>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += MAX_GETS) {
            List<Map<String, AttributeValue>> part = all.subList(from, Math.min(all.size(), from + MAX_GETS));
            parts.add(getPart(wanted(part, attributes), new ArrayList<>(), 0));
        }
        return Stages.flat(parts);
    }

    /** What one BatchGetItem found, and the keys that DynamoDB was too busy for. */
    record Got(List<Map<String, AttributeValue>> found, List<Map<String, AttributeValue>> left) {}

    /** Asks once for up to {@link #MAX_GETS} items. */
    CompletableFuture<Got> getOnce(List<Map<String, AttributeValue>> keys, String attributes) {
        return ask(wanted(keys, attributes)).thenApply(answer -> {
            KeysAndAttributes left = answer.unprocessedKeys().get(name);
            return new Got(found(answer), left == null ? List.of() : left.keys());
        });
    }

    private static KeysAndAttributes wanted(List<Map<String, AttributeValue>> keys, @Nullable String attributes) {
        return KeysAndAttributes.builder()
                .keys(keys)
                .projectionExpression(attributes)
                .consistentRead(true)
                .build();
    }

    private CompletableFuture<BatchGetItemResponse> ask(KeysAndAttributes wanted) {
        return call(() -> client.batchGetItem(
                get -> get.requestItems(Map.of(name, wanted)).overrideConfiguration(limits)));
    }

    private List<Map<String, AttributeValue>> found(BatchGetItemResponse answer) {
        return answer.responses().getOrDefault(name, List.of());
    }

    private CompletableFuture<List<Map<String, AttributeValue>>> getPart(
            KeysAndAttributes wanted, List<Map<String, AttributeValue>> found, int repeats) {
        return ask(wanted).thenCompose(answer -> {
            found.addAll(found(answer));
            return rest(answer, found, repeats);
        });
    }

    /** What DynamoDB left out, because it was much or it had too much to do, is asked for again; not for ever. */
    private CompletionStage<List<Map<String, AttributeValue>>> rest(
            BatchGetItemResponse answer, List<Map<String, AttributeValue>> found, int repeats) {
        KeysAndAttributes left = answer.unprocessedKeys().get(name);
        if (left == null || left.keys().isEmpty()) {
            return CompletableFuture.completedFuture(found);
        }
        if (repeats >= MAX_GETS) {
            return CompletableFuture.failedFuture(Faults.unavailable("DynamoDB is busy"));
        }
        return Stages.later(Backoff.delay(repeats)).thenCompose(waited -> getPart(left, found, repeats + 1));
    }

    /** One page of a query. */
    CompletableFuture<QueryResponse> query(QueryRequest query) {
        return call(() -> client.query(query));
    }

    /** A query of the table; the caller adds to it what it looks for. */
    QueryRequest.Builder query() {
        return QueryRequest.builder().tableName(name).consistentRead(true).overrideConfiguration(limits);
    }

    /** A query of the index, which lags behind a little. */
    QueryRequest.Builder queryIndex() {
        return QueryRequest.builder().tableName(name).indexName(Keys.INDEX).overrideConfiguration(limits);
    }

    /** Page after page, as long as the caller wants another one and there is one. */
    CompletableFuture<Void> queryPages(QueryRequest query, Predicate<QueryResponse> another) {
        return query(query).thenCompose(page -> {
            if (!another.test(page) || page.lastEvaluatedKey().isEmpty()) {
                return CompletableFuture.<Void>completedFuture(null);
            }
            QueryRequest next =
                    query.toBuilder().exclusiveStartKey(page.lastEvaluatedKey()).build();
            return queryPages(next, another);
        });
    }

    CompletableFuture<BatchWriteItemResponse> writeAll(List<WriteRequest> writes) {
        return call(() -> client.batchWriteItem(
                write -> write.requestItems(Map.of(name, writes)).overrideConfiguration(limits)));
    }

    CompletableFuture<Map<String, AttributeValue>> put(Consumer<PutItemRequest.Builder> put) {
        return call(() -> client.putItem(
                        request -> put.accept(request.tableName(name).overrideConfiguration(limits))))
                .thenApply(done -> done.attributes());
    }

    CompletableFuture<Map<String, AttributeValue>> update(Consumer<UpdateItemRequest.Builder> update) {
        return call(() -> client.updateItem(
                        request -> update.accept(request.tableName(name).overrideConfiguration(limits))))
                .thenApply(done -> done.attributes());
    }

    /** What was there. */
    CompletableFuture<Map<String, AttributeValue>> delete(Consumer<DeleteItemRequest.Builder> delete) {
        return call(() -> client.deleteItem(
                        request -> delete.accept(request.tableName(name).overrideConfiguration(limits))))
                .thenApply(done -> done.attributes());
    }

    CompletableFuture<Void> transact(List<TransactWriteItem> writes) {
        return call(() -> client.transactWriteItems(
                        write -> write.transactItems(writes).overrideConfiguration(limits)))
                .thenAccept(done -> {});
    }

    private static <T> CompletableFuture<T> call(Supplier<CompletableFuture<T>> request) {
        CompletableFuture<T> answer;
        try {
            answer = request.get();
        } catch (RuntimeException e) {
            // A client that is closed, or that finds the request wrong, throws.
            answer = CompletableFuture.failedFuture(e);
        }
        return answer.exceptionallyCompose(failure -> CompletableFuture.failedFuture(Faults.toCaller(failure)));
    }
}
