package io.webchat.dynamo.internal.calllog;

import io.webchat.core.ChatException;
import io.webchat.dynamo.internal.table.DynamoErrors;
import io.webchat.dynamo.internal.table.Item;
import io.webchat.dynamo.internal.table.TableClient;
import io.webchat.dynamo.internal.table.TableSettings;
import io.webchat.dynamo.internal.table.ThrottleRetry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Writes items in batches. An item waits a few milliseconds for others, or until a batch is full. The number of batches
 * in flight is limited. Throttled items are retried until their deadline. A failure reaches every caller whose item was
 * in the batch.
 */
final class GroupCommit {
    /**
     * An item to write.
     *
     * @param item the item
     * @param mayBeThere whether the item may exist already; it then stays unchanged
     */
    record Write(Map<String, AttributeValue> item, boolean mayBeThere) {}

    /** Writes a batch; completes with the items that DynamoDB throttled. */
    interface Writer extends Function<List<Write>, CompletionStage<List<Map<String, AttributeValue>>>> {
        /** Writes one item by itself; fails with the reason, which DynamoDB does not tell of a part of a batch. */
        default CompletionStage<Void> applyAlone(Write write) {
            return apply(List.of(write))
                    .thenCompose(left -> left.isEmpty()
                            ? CompletableFuture.<Void>completedFuture(null)
                            : CompletableFuture.<Void>failedFuture(DynamoErrors.unprocessed()));
        }
    }

    /** After so many attempts, a batch asks for the reason why a part of it stays unprocessed. */
    private static final int ASKED_AFTER = 3;

    private final Writer writer;
    private final TimerThread timer;
    private final Duration company;
    private final long patience;
    private final int maxItems;
    private final long maxBytes;

    /** Waiting items in their order, by key: a batch must not contain a key twice. Guarded by this. */
    private final LinkedHashMap<Map<String, AttributeValue>, Put> waiting = new LinkedHashMap<>();
    /** Throttled batches that are due for their next attempt. Guarded by this. */
    private final Deque<Batch> again = new ArrayDeque<>();
    /** Guarded by this. */
    private int items;
    /** Guarded by this. */
    private long bytes;
    /** Guarded by this. */
    private int freeBatches;
    /** Whether a timer is set that will send the waiting items. Guarded by this. */
    private boolean awaited;

    GroupCommit(Writer writer, TimerThread timer, TableSettings settings) {
        this.writer = writer;
        this.timer = timer;
        this.company = settings.groupCommit();
        this.patience = settings.writeTimeout().toNanos();
        this.maxItems = settings.maxWaiting();
        this.maxBytes = settings.maxWaitingBytes();
        this.freeBatches = settings.batches();
    }

    /**
     * Writes the item. If an item with the same key waits already, that one is written and this one is not.
     *
     * @param size the approximate size of the item in bytes
     * @return fails with {@code unavailable}, at once if too many items wait
     */
    CompletionStage<Void> put(Write write, int size) {
        Map<String, AttributeValue> key = Item.key(write.item());
        boolean first;
        Put put;
        synchronized (this) {
            Put same = waiting.get(key);
            if (same != null) {
                return same.done.copy();
            }
            if (items >= maxItems || bytes + size > maxBytes) {
                return CompletableFuture.failedFuture(
                        DynamoErrors.unavailable("too many messages wait to be written to DynamoDB, try again"));
            }
            items++;
            bytes += size;
            put = new Put(write, key, size, System.nanoTime() + patience);
            waiting.put(key, put);
            first = !awaited;
            awaited = true;
        }
        if (first) {
            timer.after(company, this::sendWhatWaits);
        }
        sendFull();
        return put.done;
    }

    private void sendFull() {
        for (Batch batch = next(TableClient.MAX_WRITES); batch != null; batch = next(TableClient.MAX_WRITES)) {
            batch.send();
        }
    }

    private void sendWhatWaits() {
        synchronized (this) {
            awaited = false;
        }
        for (Batch batch = next(1); batch != null; batch = next(1)) {
            batch.send();
        }
    }

    /** The next batch; null if fewer items wait or too many batches are in flight. */
    private synchronized @Nullable Batch next(int atLeast) {
        if (freeBatches == 0 || (again.isEmpty() && waiting.size() < atLeast)) {
            return null;
        }
        freeBatches--;
        Batch batch = again.poll();
        if (batch != null) {
            return batch;
        }
        batch = new Batch();
        var each = waiting.values().iterator();
        while (each.hasNext() && batch.puts.size() < TableClient.MAX_WRITES) {
            Put put = each.next();
            each.remove();
            batch.puts.put(put.key, put);
        }
        return batch;
    }

    private void settled(Put put) {
        synchronized (this) {
            items--;
            bytes -= put.size;
        }
    }

    private void finished() {
        synchronized (this) {
            freeBatches++;
        }
        // Items that came while no batch could leave have waited long enough.
        sendWhatWaits();
    }

    private void comeAgain(Batch batch) {
        synchronized (this) {
            again.add(batch);
        }
        sendWhatWaits();
    }

    private static final class Put {
        final Write write;
        final Map<String, AttributeValue> key;
        final int size;
        final long deadline;
        final CompletableFuture<Void> done = new CompletableFuture<>();

        Put(Write write, Map<String, AttributeValue> key, int size, long deadline) {
            this.write = write;
            this.key = key;
            this.size = size;
            this.deadline = deadline;
        }
    }

    /** Items that are sent together. Settled items are removed. */
    private final class Batch {
        final LinkedHashMap<Map<String, AttributeValue>, Put> puts = new LinkedHashMap<>();
        private int failures;
        private boolean unexplained;

        void send() {
            List<Write> content = puts.values().stream().map(put -> put.write).toList();
            boolean ask = unexplained && failures == ASKED_AFTER;
            var unused = (ask ? firstAlone(content) : writer.apply(content)).whenComplete((left, failure) -> {
                unexplained = failure == null;
                if (failure == null) {
                    written(left, DynamoErrors.unprocessed());
                } else if (DynamoErrors.throttled(failure)) {
                    written(content.stream().map(Write::item).toList(), DynamoErrors.toCaller(failure));
                } else {
                    failed(List.copyOf(puts.values()), DynamoErrors.toCaller(failure));
                    finished();
                }
            });
        }

        /** Writes the first item by itself; completes with the others. */
        private CompletionStage<List<Map<String, AttributeValue>>> firstAlone(List<Write> content) {
            return writer.applyAlone(content.get(0))
                    .thenApply(done -> content.stream().skip(1).map(Write::item).toList());
        }

        private void written(List<Map<String, AttributeValue>> left, RuntimeException whyLeft) {
            Set<Map<String, AttributeValue>> keys = left.stream().map(Item::key).collect(Collectors.toSet());
            List<Put> done = new ArrayList<>(puts.values());
            done.removeIf(put -> keys.contains(put.key));
            done.forEach(this::settle);
            done.forEach(put -> put.done.complete(null));
            failed(overdue(), whyLeft);
            if (!puts.isEmpty()) {
                timer.after(ThrottleRetry.BACKOFF.delay(failures++), () -> comeAgain(this));
            }
            // Other batches go on meanwhile: one throttled partition must not stop the others.
            finished();
        }

        private List<Put> overdue() {
            long now = System.nanoTime();
            return puts.values().stream().filter(put -> put.deadline - now < 0).toList();
        }

        private void failed(List<Put> failed, RuntimeException why) {
            failed.forEach(this::settle);
            failed.forEach(put ->
                    put.done.completeExceptionally(why instanceof ChatException ? why : DynamoErrors.toCaller(why)));
        }

        private void settle(Put put) {
            puts.remove(put.key);
            settled(put);
        }
    }
}
