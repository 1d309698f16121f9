package io.webchat.dynamo.internal.table;

import io.webchat.core.ChatException;
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
import software.amazon.awssdk.core.SdkPlugin;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
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
 * Requests to the one table. A request without an answer in time fails with {@code unavailable}. Only failed conditions
 * and cancelled transactions reach the caller unchanged. Reads are consistent, except those of the index.
 */
public final class TableClient {
    /** The largest number of items in one BatchGetItem. */
    public static final int MAX_GETS = 100;
    /** The largest number of items in one BatchWriteItem. */
    public static final int MAX_WRITES = 25;

    /** Switches off the retries of the SDK. */
    static final SdkPlugin ONE_ATTEMPT = config -> config.overrideConfiguration(
            config.overrideConfiguration().copy(each -> each.retryStrategy(DefaultRetryStrategy.doNotRetry())));

    private final DynamoDbAsyncClient client;
    private final String name;
    private final AwsRequestOverrideConfiguration limits;
    private final TableOutageLog outages;

    /** Requests through this client, to the table and with the timeout of these settings. */
    public TableClient(DynamoDbAsyncClient client, TableSettings settings) {
        this.client = client;
        this.name = settings.table();
        this.outages = settings.outages();
        this.limits = AwsRequestOverrideConfiguration.builder()
                .apiCallTimeout(settings.requestTimeout())
                .build();
    }

    /** The limits of a request that is sent once. Its failure is DynamoDB's answer, and no timeout of retries. */
    public AwsRequestOverrideConfiguration oneAttempt() {
        return limits.toBuilder().addPlugin(ONE_ATTEMPT).build();
    }

    /** The table's name. */
    public String name() {
        return name;
    }

    /** The item with this key, null if there is none. */
    public CompletableFuture<@Nullable Map<String, AttributeValue>> get(String pk, String sk) {
        return call(() -> client.getItem(get -> get.tableName(name)
                        .key(Item.key(pk, sk))
                        .consistentRead(true)
                        .overrideConfiguration(limits)))
                .thenApply(found -> itemOf(found));
    }

    private static @Nullable Map<String, AttributeValue> itemOf(GetItemResponse found) {
        return found.hasItem() ? found.item() : null;
    }

    /**
     * The items that exist, in no order.
     *
     * @param attributes the attributes to read, separated by commas; null means all
     */
    public CompletableFuture<List<Map<String, AttributeValue>>> getAll(
            Collection<Map<String, AttributeValue>> keys, @Nullable String attributes) {
        List<Map<String, AttributeValue>> all = List.copyOf(keys);
        List<CompletableFuture<List<Map<String, AttributeValue>>>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += MAX_GETS) {
            List<Map<String, AttributeValue>> part = all.subList(from, Math.min(all.size(), from + MAX_GETS));
            parts.add(getPart(wanted(part, attributes), new ArrayList<>(), 0));
        }
        return Futures.flat(parts);
    }

    /**
     * The answer to one BatchGetItem.
     *
     * @param found the items that exist
     * @param left the keys that DynamoDB did not process because it was throttled
     */
    public record Got(List<Map<String, AttributeValue>> found, List<Map<String, AttributeValue>> left) {}

    /** Asks once for up to {@link #MAX_GETS} items. */
    public CompletableFuture<Got> getOnce(List<Map<String, AttributeValue>> keys, String attributes) {
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

    /**
     * Asks again, a limited number of times, for keys that DynamoDB left out: it was throttled or the answer too large.
     */
    private CompletionStage<List<Map<String, AttributeValue>>> rest(
            BatchGetItemResponse answer, List<Map<String, AttributeValue>> found, int repeats) {
        KeysAndAttributes left = answer.unprocessedKeys().get(name);
        if (left == null || left.keys().isEmpty()) {
            return CompletableFuture.completedFuture(found);
        }
        if (repeats >= MAX_GETS) {
            return CompletableFuture.failedFuture(DynamoErrors.unprocessed());
        }
        return Futures.later(ThrottleRetry.BACKOFF.delay(repeats))
                .thenCompose(waited -> getPart(left, found, repeats + 1));
    }

    /** One page of a query. */
    public CompletableFuture<QueryResponse> query(QueryRequest query) {
        return call(() -> client.query(query));
    }

    /** The start of a query of the table; the caller adds its conditions. */
    public QueryRequest.Builder query() {
        return QueryRequest.builder().tableName(name).consistentRead(true).overrideConfiguration(limits);
    }

    /** The start of a query of the index, which lags behind the table a little. */
    public QueryRequest.Builder queryIndex() {
        return QueryRequest.builder().tableName(name).indexName(TableKeys.INDEX).overrideConfiguration(limits);
    }

    /** Reads page after page until the last one, or until the caller wants no other. */
    public CompletableFuture<Void> queryPages(QueryRequest query, Predicate<QueryResponse> another) {
        return query(query).thenCompose(page -> {
            if (!another.test(page) || page.lastEvaluatedKey().isEmpty()) {
                return CompletableFuture.<Void>completedFuture(null);
            }
            QueryRequest next =
                    query.toBuilder().exclusiveStartKey(page.lastEvaluatedKey()).build();
            return queryPages(next, another);
        });
    }

    /** One BatchWriteItem of up to {@link #MAX_WRITES} writes. */
    public CompletableFuture<BatchWriteItemResponse> writeAll(List<WriteRequest> writes) {
        return call(() -> client.batchWriteItem(
                write -> write.requestItems(Map.of(name, writes)).overrideConfiguration(limits)));
    }

    /** Puts one item; completes with the attributes that the request asked to return. */
    public CompletableFuture<Map<String, AttributeValue>> put(Consumer<PutItemRequest.Builder> put) {
        return call(() -> client.putItem(
                        request -> put.accept(request.tableName(name).overrideConfiguration(limits))))
                .thenApply(done -> done.attributes());
    }

    /** Updates one item; completes with the attributes that the request asked to return. */
    public CompletableFuture<Map<String, AttributeValue>> update(Consumer<UpdateItemRequest.Builder> update) {
        return call(() -> client.updateItem(
                        request -> update.accept(request.tableName(name).overrideConfiguration(limits))))
                .thenApply(done -> done.attributes());
    }

    /** Deletes one item; completes with the attributes that the request asked to return. */
    public CompletableFuture<Map<String, AttributeValue>> delete(Consumer<DeleteItemRequest.Builder> delete) {
        return call(() -> client.deleteItem(
                        request -> delete.accept(request.tableName(name).overrideConfiguration(limits))))
                .thenApply(done -> done.attributes());
    }

    /** Carries out all of these writes or none. */
    public CompletableFuture<Void> transact(List<TransactWriteItem> writes) {
        return call(() -> client.transactWriteItems(
                        write -> write.transactItems(writes).overrideConfiguration(limits)))
                .thenAccept(done -> {});
    }

    private <T> CompletableFuture<T> call(Supplier<CompletableFuture<T>> request) {
        return start(request)
                .whenComplete((answer, failure) -> {
                    if (failure == null) {
                        outages.succeeded();
                    }
                })
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(known(failure)));
    }

    private static <T> CompletableFuture<T> start(Supplier<CompletableFuture<T>> request) {
        try {
            return request.get();
        } catch (RuntimeException e) {
            // The client throws if it is closed, or if it finds the request invalid.
            return CompletableFuture.failedFuture(e);
        }
    }

    private RuntimeException known(Throwable failure) {
        RuntimeException known = DynamoErrors.toCaller(failure);
        if (known instanceof ChatException) {
            outages.failed(known);
        }
        return known;
    }
}
