package io.webchat.dynamo.internal.table;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.spi.support.Failures;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Tries each kind of request that the adapters make, on an item of its own. Each needs a right of its own, and may fail
 * while others succeed. The item expires after a day, in case it was not deleted.
 */
public final class TableProbe {
    private static final String PARTITION = "PROBE";
    private static final Duration TRUSTED = Duration.ofMinutes(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration EXPIRY = Duration.ofDays(1);
    private static final String TRIED_AT = "triedAt";

    private final DynamoDbAsyncClient client;
    private final String table;
    private final Map<String, AttributeValue> key =
            Item.key(PARTITION, UUID.randomUUID().toString());
    private final AwsRequestOverrideConfiguration limits = AwsRequestOverrideConfiguration.builder()
            .apiCallTimeout(TIMEOUT)
            .addPlugin(TableClient.ONE_ATTEMPT)
            .build();

    /** Whether all requests succeeded. Guarded by this. */
    private boolean trusted;
    /** The time when they did. Guarded by this. */
    private long triedAt;

    /** A probe of this table, which need not exist. */
    public TableProbe(DynamoDbAsyncClient client, String table) {
        this.client = client;
        this.table = table;
    }

    /** Whether {@link #tryAll} has not succeeded within the last minute, or a request has failed since. */
    public synchronized boolean isDue() {
        return !trusted || System.nanoTime() - triedAt > TRUSTED.toNanos();
    }

    /** Tries all requests; fails with {@code unavailable} and a sentence that names the first one that fails. */
    public CompletableFuture<Void> tryAll() {
        return write().thenCompose(done -> attempt(
                        "BatchGetItem",
                        () -> client.batchGetItem(get -> get.overrideConfiguration(limits)
                                .requestItems(Map.of(
                                        table,
                                        KeysAndAttributes.builder()
                                                .keys(List.of(key))
                                                .build())))))
                .thenCompose(done -> attempt(
                        "GetItem",
                        () -> client.getItem(get -> get.overrideConfiguration(limits)
                                .tableName(table)
                                .key(key))))
                .thenCompose(done -> query(null, "pk = :pk", "Query"))
                .thenCompose(done -> query(TableKeys.INDEX, "gpk = :pk", "Query of its index " + TableKeys.INDEX))
                .thenCompose(done -> attempt(
                        "PutItem",
                        () -> client.putItem(put -> put.overrideConfiguration(limits)
                                .tableName(table)
                                .item(item()))))
                .thenCompose(done -> update())
                .thenCompose(done -> transact())
                .thenCompose(done -> attempt(
                        "DeleteItem",
                        () -> client.deleteItem(delete -> delete.overrideConfiguration(limits)
                                .tableName(table)
                                .key(key))))
                .whenComplete((done, failure) -> setTrusted(failure == null));
    }

    /** Writes one item; fails with {@code unavailable} and a sentence that says why. */
    public CompletableFuture<Void> tryWriting() {
        return write().whenComplete((done, failure) -> {
            if (failure != null) {
                setTrusted(false);
            }
        });
    }

    private synchronized void setTrusted(boolean all) {
        trusted = all;
        triedAt = System.nanoTime();
    }

    /** Writes like a message: in a batch. */
    private CompletableFuture<Void> write() {
        WriteRequest put =
                WriteRequest.builder().putRequest(each -> each.item(item())).build();
        return attempt(
                "BatchWriteItem",
                () -> client.batchWriteItem(
                                write -> write.overrideConfiguration(limits).requestItems(Map.of(table, List.of(put))))
                        .thenAccept(answer -> {
                            if (!answer.unprocessedItems().isEmpty()) {
                                throw DynamoErrors.unprocessed();
                            }
                        }));
    }

    private CompletableFuture<Void> update() {
        return attempt(
                "UpdateItem",
                () -> client.updateItem(update -> update.overrideConfiguration(limits)
                        .tableName(table)
                        .key(key)
                        .updateExpression("SET " + TRIED_AT + " = :now")
                        .expressionAttributeValues(Map.of(":now", Item.number(System.currentTimeMillis())))));
    }

    private CompletableFuture<Void> transact() {
        TransactWriteItem put = TransactWriteItem.builder()
                .put(each -> each.tableName(table).item(item()))
                .build();
        return attempt(
                "TransactWriteItems",
                () -> client.transactWriteItems(
                        write -> write.overrideConfiguration(limits).transactItems(List.of(put))));
    }

    private CompletableFuture<Void> query(@Nullable String index, String keys, String name) {
        return attempt(
                name,
                () -> client.query(query -> query.overrideConfiguration(limits)
                        .tableName(table)
                        .indexName(index)
                        .keyConditionExpression(keys)
                        .expressionAttributeValues(Map.of(":pk", Item.text(PARTITION)))
                        .limit(1)));
    }

    private Map<String, AttributeValue> item() {
        long now = System.currentTimeMillis();
        return Item.of(Item.text(key, TableKeys.PK), Item.text(key, TableKeys.SK))
                .with(TRIED_AT, now)
                .with(TableKeys.EXPIRES, (now + EXPIRY.toMillis()) / 1000)
                .map();
    }

    private CompletableFuture<Void> attempt(String name, Supplier<? extends CompletableFuture<?>> request) {
        CompletableFuture<?> answer;
        try {
            answer = request.get();
        } catch (RuntimeException e) {
            // The client throws if it is closed.
            answer = CompletableFuture.failedFuture(e);
        }
        return answer.<Void>thenApply(done -> null)
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(fault(name, table, failure)));
    }

    /** The failure of this request, for operators: with all that DynamoDB said. */
    public static ChatException fault(String request, String table, Throwable failure) {
        Throwable cause = Failures.unwrap(failure);
        String said = DynamoErrors.sentence(cause);
        if (cause instanceof ChatException known) {
            said = known.detail();
        } else if (cause instanceof AwsServiceException refusal && refusal.awsErrorDetails() != null) {
            said += ": " + refusal.awsErrorDetails().errorMessage();
        } else if (!(cause instanceof AwsServiceException)) {
            said += ": " + cause.getMessage();
        }
        return new ChatException(ErrorCode.UNAVAILABLE, request + " of table " + table + " fails: " + said, cause);
    }
}
