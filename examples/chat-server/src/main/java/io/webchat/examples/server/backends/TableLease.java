package io.webchat.examples.server.backends;

import io.webchat.core.spi.support.Failures;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * The right to be the only node on a table. Without Redis, messages wait in the memory of one node, so a second node
 * would never deliver the messages that the first one takes.
 *
 * <p>The holder raises a number in an item of the table every second. Another node takes the lease over only after that
 * number stood still for a while. So no clocks are compared. A holder that finds another node in the item has lost the
 * lease: it was paused, or cut off, for too long.
 */
final class TableLease implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TableLease.class);

    private static final Map<String, AttributeValue> KEY =
            Map.of("pk", AttributeValue.fromS("NODE"), "sk", AttributeValue.fromS("LEASE"));
    private static final String OWNER = "holder";
    private static final String BEAT = "beat";
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration END_TIMEOUT = Duration.ofSeconds(1);
    private static final long BEAT_MILLIS = 1_000;
    /** A holder whose number stood still for so long is dead. */
    private static final Duration STALE = Duration.ofSeconds(3);

    private final DynamoDbAsyncClient client;
    private final String table;
    private final AttributeValue owner = AttributeValue.fromS(UUID.randomUUID().toString());
    private final CompletableFuture<Void> lost = new CompletableFuture<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread made = new Thread(work, "chat-server-lease");
        made.setDaemon(true);
        return made;
    });

    private TableLease(DynamoDbAsyncClient client, String table) {
        this.client = client;
        this.table = table;
    }

    /**
     * Takes the lease. Waits for a holder that seems to be dead, for {@link #STALE}.
     *
     * @throws UncheckedIOException with one sentence when another node holds it, or when DynamoDB cannot be used
     */
    static TableLease take(DynamoDbAsyncClient client, String table) {
        TableLease lease = new TableLease(client, table);
        try {
            lease.takeOver();
        } catch (RuntimeException e) {
            lease.thread.shutdownNow();
            throw e;
        }
        var unused = lease.thread.scheduleWithFixedDelay(lease::beat, BEAT_MILLIS, BEAT_MILLIS, TimeUnit.MILLISECONDS);
        return lease;
    }

    private void takeOver() {
        Map<String, AttributeValue> seen = Startup.await("DynamoDB", read());
        long begun = System.nanoTime();
        while (!seen.isEmpty() && System.nanoTime() - begun < STALE.toNanos()) {
            Startup.await("DynamoDB", later(BEAT_MILLIS / 4));
            Map<String, AttributeValue> now = Startup.await("DynamoDB", read());
            if (!now.isEmpty() && !now.equals(seen)) {
                throw refusal();
            }
            seen = now;
        }
        if (!Startup.await("DynamoDB", replace(seen))) {
            throw refusal();
        }
    }

    private UncheckedIOException refusal() {
        return Startup.unusable(
                "DynamoDB",
                "another node uses the table " + table
                        + ". Without Redis one node serves a table: give --redis to both, or stop the other one first",
                new IllegalStateException("the lease is taken"));
    }

    private static CompletableFuture<Void> later(long millis) {
        return CompletableFuture.runAsync(
                () -> {}, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS, Runnable::run));
    }

    private CompletableFuture<Map<String, AttributeValue>> read() {
        return client.getItem(get -> get.tableName(table)
                        .key(KEY)
                        .consistentRead(true)
                        .overrideConfiguration(with -> with.apiCallTimeout(TIMEOUT)))
                .thenApply(found -> found.item());
    }

    /** Writes this node into the item, if the item is still this one; returns whether this node is in it now. */
    private CompletableFuture<Boolean> replace(Map<String, AttributeValue> seen) {
        Map<String, AttributeValue> item = new HashMap<>(KEY);
        item.put(OWNER, owner);
        item.put(BEAT, AttributeValue.fromN("0"));
        return holds(client.putItem(put -> {
            put.tableName(table).item(item).overrideConfiguration(with -> with.apiCallTimeout(TIMEOUT));
            if (seen.isEmpty()) {
                put.conditionExpression("attribute_not_exists(pk)");
            } else {
                put.conditionExpression("holder = :holder AND beat = :beat")
                        .expressionAttributeValues(Map.of(":holder", seen.get(OWNER), ":beat", seen.get(BEAT)));
            }
        }));
    }

    private void beat() {
        try {
            boolean held = holds(client.updateItem(update -> update.tableName(table)
                            .key(KEY)
                            .updateExpression("SET beat = beat + :one")
                            .conditionExpression("holder = :holder")
                            .expressionAttributeValues(Map.of(":one", AttributeValue.fromN("1"), ":holder", owner))
                            .overrideConfiguration(with -> with.apiCallTimeout(TIMEOUT))))
                    .get();
            if (!held) {
                thread.shutdown();
                log.error(
                        "another node uses the table {}: this node could not reach DynamoDB for {} s, and ends now",
                        table,
                        STALE.toSeconds());
                lost.complete(null);
            }
        } catch (ExecutionException | RuntimeException e) {
            log.debug("cannot renew the lease of the table {}", table, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether this node is in the item after this write. A refused write may be a repetition of one that succeeded. */
    private CompletableFuture<Boolean> holds(CompletableFuture<?> write) {
        return write.thenApply(done -> true)
                .exceptionallyCompose(failure -> Failures.unwrap(failure) instanceof ConditionalCheckFailedException
                        ? read().thenApply(item -> owner.equals(item.get(OWNER)))
                        : CompletableFuture.failedFuture(failure));
    }

    /** Completes when another node has taken the lease over, so that this node must end. */
    CompletionStage<Void> lost() {
        return lost;
    }

    /** Gives the lease up, so that the next node need not wait. */
    @Override
    public void close() {
        thread.shutdownNow();
        try {
            client.deleteItem(delete -> delete.tableName(table)
                            .key(KEY)
                            .conditionExpression("holder = :holder")
                            .expressionAttributeValues(Map.of(":holder", owner))
                            .overrideConfiguration(with -> with.apiCallTimeout(END_TIMEOUT)))
                    .get();
        } catch (ExecutionException e) {
            log.debug("the lease of the table {} was not given up, and ends by itself", table, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
