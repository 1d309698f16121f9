package io.webchat.dynamo;

import io.webchat.core.spi.support.Failures;
import io.webchat.dynamo.internal.table.DynamoErrors;
import io.webchat.dynamo.internal.table.TableFormat;
import io.webchat.dynamo.internal.table.TableKeys;
import io.webchat.dynamo.internal.table.TableProbe;
import io.webchat.dynamo.internal.table.TableSchema;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.dynamodb.waiters.DynamoDbAsyncWaiter;

/**
 * The one table that all adapters of this package share. Its keys are {@code pk} and {@code sk}. Its index {@code
 * lookup} over {@code gpk} and {@code gsk} holds keys only. Items expire by {@code expires}.
 *
 * <p>Adapters never create the table. In production it comes from a template ({@code docs/dynamodb}) or from one call
 * of {@link #create}.
 */
public final class DynamoTable {
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final int MAX_POLLS = 300;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final DynamoDbAsyncClient client;
    private final String name;
    private final TableSchema schema;
    private final TableProbe probe;
    private final TableFormat format;

    private DynamoTable(DynamoDbAsyncClient client, String name) {
        this.client = client;
        this.name = name;
        this.schema = new TableSchema(name);
        this.probe = new TableProbe(client, name);
        this.format = new TableFormat(client, name);
    }

    /** The table of this name, which need not exist. The caller closes the client. */
    public static DynamoTable of(DynamoDbAsyncClient client, String name) {
        return new DynamoTable(client, name);
    }

    /**
     * Creates the table, paid per request, unless it exists. Completes when the table can be used. Repeating the call
     * is safe. A table that exists is not changed, except that expiry is switched on.
     *
     * @return fails with {@code unavailable}, and for the reasons of {@link #check}
     */
    public CompletionStage<Void> create() {
        return client.createTable(schema.definition())
                .<Void>thenApply(created -> null)
                .exceptionallyCompose(failure -> Failures.unwrap(failure) instanceof ResourceInUseException
                        ? CompletableFuture.completedFuture(null)
                        : CompletableFuture.failedFuture(failure))
                .thenCompose(created -> awaitActive())
                .thenCompose(active -> ensureExpiry())
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(DynamoErrors.toCaller(failure)))
                .thenCompose(done -> check());
    }

    private CompletableFuture<Void> awaitActive() {
        DynamoDbAsyncWaiter waiter = DynamoDbAsyncWaiter.builder()
                .client(client)
                .overrideConfiguration(with ->
                        with.backoffStrategyV2(BackoffStrategy.fixedDelay(POLL)).maxAttempts(MAX_POLLS))
                .build();
        return waiter.waitUntilTableExists(table -> table.tableName(name))
                .whenComplete((found, failure) -> waiter.close())
                .thenApply(found -> null);
    }

    private CompletableFuture<Void> ensureExpiry() {
        return hasExpiry().thenCompose(on -> on ? CompletableFuture.completedFuture(null) : switchExpiryOn());
    }

    private CompletableFuture<Void> switchExpiryOn() {
        return client.updateTimeToLive(table -> table.tableName(name)
                        .timeToLiveSpecification(expire ->
                                expire.attributeName(TableKeys.EXPIRES).enabled(true)))
                .<Void>thenApply(done -> null)
                // DynamoDB refuses if another node has just done this.
                .exceptionallyCompose(failure -> hasExpiry()
                        .thenCompose(on -> on
                                ? CompletableFuture.completedFuture(null)
                                : CompletableFuture.failedFuture(failure)));
    }

    private CompletableFuture<Boolean> hasExpiry() {
        return client.describeTimeToLive(table -> table.tableName(name)).thenApply(found -> {
            TimeToLiveStatus status = found.timeToLiveDescription().timeToLiveStatus();
            return status == TimeToLiveStatus.ENABLED || status == TimeToLiveStatus.ENABLING;
        });
    }

    /**
     * Completes if the adapters can use the table: it has the right keys and index, and each kind of request that the
     * adapters make succeeds. The requests are about one item of their own, which expires. Another item remembers the
     * version of the format; a node that is too old for it refuses the table.
     *
     * @return fails with {@code unavailable} and one sentence that names the fault and the request
     */
    public CompletionStage<Void> check() {
        return checkSchema().thenCompose(sound -> probe.tryAll()).thenCompose(done -> format.check());
    }

    /**
     * Completes if the table can be used now, for the readiness of a node: writes one item. Makes the whole {@link
     * #check} once a minute and after a failure. Costs one write unit, and about ten units per minute.
     *
     * @return fails like {@link #check}
     */
    public CompletionStage<Void> ready() {
        return probe.isDue() ? check() : probe.tryWriting();
    }

    private CompletionStage<Void> checkSchema() {
        return client.describeTable(
                        table -> table.tableName(name).overrideConfiguration(with -> with.apiCallTimeout(TIMEOUT)))
                .handle((found, failure) -> failure == null ? schema.fault(found.table()) : fault(failure))
                .thenCompose(fault -> fault.<CompletableFuture<Void>>map(
                                sentence -> CompletableFuture.failedFuture(DynamoErrors.unavailable(sentence)))
                        .orElseGet(() -> CompletableFuture.completedFuture(null)));
    }

    private Optional<String> fault(Throwable failure) {
        return Optional.of(
                Failures.unwrap(failure) instanceof ResourceNotFoundException
                        ? "there is no table " + name
                        : TableProbe.fault("DescribeTable", name, failure).detail());
    }
}
