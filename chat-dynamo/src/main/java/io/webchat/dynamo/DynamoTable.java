package io.webchat.dynamo;

import io.webchat.core.ChatException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.dynamodb.waiters.DynamoDbAsyncWaiter;

/**
 * The one table that all adapters of this package share: keys {@code pk} and {@code sk}, an index {@code lookup} over
 * {@code gpk} and {@code gsk} that holds the keys alone, and items that expire by {@code expires}. Adapters never make
 * it themselves: in production it comes from a template ({@code docs/dynamodb}) or from one call of {@link #create}.
 */
public final class DynamoTable {
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final int MAX_POLLS = 300;

    private final DynamoDbAsyncClient client;
    private final String name;

    private DynamoTable(DynamoDbAsyncClient client, String name) {
        this.client = client;
        this.name = name;
    }

    /** The table of this name, which need not be there. The client stays the caller's to close. */
    public static DynamoTable of(DynamoDbAsyncClient client, String name) {
        return new DynamoTable(client, name);
    }

    /**
     * Makes the table, paid per request, unless it is there; complete when it can be used. Repeating it is safe, and
     * changes no table that is there but for expiry, which is switched on.
     *
     * @return fails with {@code unavailable}, and with what {@link #check} says
     */
    public CompletionStage<Void> create() {
        return client.createTable(definition(name))
                .<Void>thenApply(made -> null)
                .exceptionallyCompose(failure -> Faults.cause(failure) instanceof ResourceInUseException
                        ? CompletableFuture.completedFuture(null)
                        : CompletableFuture.failedFuture(failure))
                .thenCompose(made -> active())
                .thenCompose(active -> expiry())
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(Faults.toCaller(failure)))
                .thenCompose(done -> check());
    }

    private CompletableFuture<Void> active() {
        DynamoDbAsyncWaiter waiter = DynamoDbAsyncWaiter.builder()
                .client(client)
                .overrideConfiguration(with ->
                        with.backoffStrategyV2(BackoffStrategy.fixedDelay(POLL)).maxAttempts(MAX_POLLS))
                .build();
        return waiter.waitUntilTableExists(table -> table.tableName(name))
                .whenComplete((found, failure) -> waiter.close())
                .thenApply(found -> null);
    }

    private CompletableFuture<Void> expiry() {
        return expires().thenCompose(on -> on ? CompletableFuture.completedFuture(null) : switchExpiryOn());
    }

    private CompletableFuture<Void> switchExpiryOn() {
        return client.updateTimeToLive(table -> table.tableName(name)
                        .timeToLiveSpecification(
                                expire -> expire.attributeName(Keys.EXPIRES).enabled(true)))
                .<Void>thenApply(done -> null)
                // Refused where another node has just done it.
                .exceptionallyCompose(failure -> expires()
                        .thenCompose(on -> on
                                ? CompletableFuture.completedFuture(null)
                                : CompletableFuture.failedFuture(failure)));
    }

    private CompletableFuture<Boolean> expires() {
        return client.describeTimeToLive(table -> table.tableName(name)).thenApply(found -> {
            TimeToLiveStatus status = found.timeToLiveDescription().timeToLiveStatus();
            return status == TimeToLiveStatus.ENABLED || status == TimeToLiveStatus.ENABLING;
        });
    }

    /**
     * Completes when the table is one that the adapters can use.
     *
     * @return fails with {@code unavailable}, with one sentence that says what is wrong
     */
    public CompletionStage<Void> check() {
        return client.describeTable(table -> table.tableName(name))
                .handle((found, failure) -> failure == null ? fault(found.table()) : fault(failure))
                .thenCompose(fault -> fault.<CompletableFuture<Void>>map(
                                sentence -> CompletableFuture.failedFuture(Faults.unavailable(sentence)))
                        .orElseGet(() -> CompletableFuture.completedFuture(null)));
    }

    private Optional<String> fault(Throwable failure) {
        return Optional.of(
                Faults.cause(failure) instanceof ResourceNotFoundException
                        ? "there is no table " + name
                        : ((ChatException) Faults.toCaller(failure)).detail() + ": "
                                + Faults.cause(failure).getMessage());
    }

    private Optional<String> fault(TableDescription table) {
        if (table.tableStatus() != TableStatus.ACTIVE && table.tableStatus() != TableStatus.UPDATING) {
            return Optional.of("table " + name + " is " + table.tableStatusAsString() + ", not active");
        }
        if (!table.keySchema().equals(keys(Keys.PK, Keys.SK))) {
            return Optional.of("table " + name + " must have the keys pk and sk");
        }
        return table.globalSecondaryIndexes().stream()
                .filter(index -> Keys.INDEX.equals(index.indexName()))
                .findFirst()
                .map(index -> fault(index.keySchema(), index.indexStatus()))
                .orElseGet(() -> Optional.of("table " + name + " has no index " + Keys.INDEX));
    }

    private Optional<String> fault(List<KeySchemaElement> keys, @Nullable IndexStatus status) {
        if (!keys.equals(keys(Keys.INDEX_PK, Keys.INDEX_SK))) {
            return Optional.of("index " + Keys.INDEX + " of table " + name + " must have the keys gpk and gsk");
        }
        return status == IndexStatus.CREATING || status == IndexStatus.DELETING
                ? Optional.of("index " + Keys.INDEX + " of table " + name + " is " + status + ", not active")
                : Optional.empty();
    }

    private static CreateTableRequest definition(String name) {
        return CreateTableRequest.builder()
                .tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(List.of(Keys.PK, Keys.SK, Keys.INDEX_PK, Keys.INDEX_SK).stream()
                        .map(DynamoTable::text)
                        .toList())
                .keySchema(keys(Keys.PK, Keys.SK))
                .globalSecondaryIndexes(GlobalSecondaryIndex.builder()
                        .indexName(Keys.INDEX)
                        .keySchema(keys(Keys.INDEX_PK, Keys.INDEX_SK))
                        .projection(of -> of.projectionType(ProjectionType.KEYS_ONLY))
                        .build())
                .build();
    }

    private static AttributeDefinition text(String attribute) {
        return AttributeDefinition.builder()
                .attributeName(attribute)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static List<KeySchemaElement> keys(String partition, String sort) {
        return List.of(
                KeySchemaElement.builder()
                        .attributeName(partition)
                        .keyType(KeyType.HASH)
                        .build(),
                KeySchemaElement.builder()
                        .attributeName(sort)
                        .keyType(KeyType.RANGE)
                        .build());
    }
}
