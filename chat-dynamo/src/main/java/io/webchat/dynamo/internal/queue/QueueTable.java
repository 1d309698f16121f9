package io.webchat.dynamo.internal.queue;

import io.webchat.core.UserId;
import io.webchat.core.spi.QueueLimits;
import io.webchat.core.spi.support.EventFingerprint;
import io.webchat.core.spi.support.Failures;
import io.webchat.dynamo.internal.table.Futures;
import io.webchat.dynamo.internal.table.Item;
import io.webchat.dynamo.internal.table.TableClient;
import io.webchat.dynamo.internal.table.TableKeys;
import io.webchat.dynamo.internal.table.ThrottleRetry;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Requests of queues to the table. */
record QueueTable(TableClient table, QueueItems items, Clock clock) {
    QueueLimits limits() {
        return items.limits();
    }

    long millis() {
        return clock.millis();
    }

    long micros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    }

    CompletableFuture<QueueState> head(UserId user, ThrottleRetry retry) {
        return retry.send(() ->
                table.get(QueueKeys.queue(user), QueueKeys.HEAD).thenApply(found -> QueueItems.state(found, micros())));
    }

    /**
     * Replaces the head item that this state was made from.
     *
     * @param tag identifies this write, so that a repeated request after a lost answer is recognised
     * @return empty if this state is in the table now, otherwise the state that is
     */
    CompletableFuture<Optional<QueueState>> putHead(UserId user, QueueState state, String tag, ThrottleRetry retry) {
        Map<String, AttributeValue> item = items.head(user, state, tag, millis());
        boolean first = state.tag.isEmpty();
        return retry.send(() -> table.put(put -> {
                            put.item(item)
                                    .conditionExpression(first ? "attribute_not_exists(pk)" : "#tag = :tag")
                                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
                            if (!first) {
                                put.expressionAttributeNames(Map.of("#tag", QueueItems.TAG))
                                        .expressionAttributeValues(Map.of(":tag", Item.text(state.tag)));
                            }
                        })
                        .thenApply(done -> Optional.<QueueState>empty()))
                .exceptionallyCompose(failure -> there(failure, tag));
    }

    private CompletableFuture<Optional<QueueState>> there(Throwable failure, String tag) {
        if (Failures.unwrap(failure) instanceof ConditionalCheckFailedException refusal) {
            QueueState found = QueueItems.state(refusal.hasItem() ? refusal.item() : null, micros());
            return CompletableFuture.completedFuture(found.tag.equals(tag) ? Optional.empty() : Optional.of(found));
        }
        return CompletableFuture.failedFuture(failure);
    }

    /** The latest events of these names that are no longer in the head item. */
    CompletableFuture<Map<String, QueueEntry>> sent(
            UserId user, Collection<EventFingerprint> wanted, ThrottleRetry retry) {
        if (wanted.isEmpty()) {
            return CompletableFuture.completedFuture(Map.of());
        }
        List<Map<String, AttributeValue>> keys = wanted.stream()
                .map(each -> Item.key(QueueKeys.queue(user), QueueKeys.sent(each)))
                .distinct()
                .toList();
        return retry.send(() -> table.getAll(keys, null)).thenApply(found -> {
            Map<String, QueueEntry> byName = new HashMap<>();
            found.stream()
                    .map(QueueItems::sent)
                    .forEach(each -> byName.put(each.sent().name(), each));
            return byName;
        });
    }

    /** The time at which this event was stored; 0 if its item is gone. */
    CompletableFuture<Long> storedAt(UserId user, long seq, ThrottleRetry retry) {
        return retry.send(() -> table.get(QueueKeys.queue(user), QueueKeys.event(seq))
                .thenApply(found -> found == null ? 0L : Item.number(found, QueueItems.STORED_AT)));
    }

    /** Events that are items of their own, by Seq: from one Seq up to another, exclusive. */
    CompletableFuture<Map<Long, byte[]>> events(UserId user, long from, long to, ThrottleRetry retry) {
        QueryRequest query = table.query()
                .keyConditionExpression("pk = :queue AND sk BETWEEN :from AND :last")
                .expressionAttributeValues(Map.of(
                        ":queue", Item.text(QueueKeys.queue(user)),
                        ":from", Item.text(QueueKeys.event(from)),
                        ":last", Item.text(QueueKeys.event(to - 1))))
                .build();
        return retry.send(() -> {
            Map<Long, byte[]> found = new HashMap<>();
            return table.queryPages(query, page -> {
                        page.items()
                                .forEach(item -> found.put(
                                        QueueKeys.seq(Item.text(item, TableKeys.SK)), QueueItems.event(item)));
                        return true;
                    })
                    .thenApply(done -> found);
        });
    }

    /** Carries out all writes, in batches at the same time. Repeating them changes nothing. */
    CompletableFuture<Void> write(List<WriteRequest> writes, ThrottleRetry retry) {
        List<CompletableFuture<Void>> batches = new ArrayList<>();
        for (int from = 0; from < writes.size(); from += TableClient.MAX_WRITES) {
            List<WriteRequest> batch = writes.subList(from, Math.min(writes.size(), from + TableClient.MAX_WRITES));
            batches.add(retry.sendAll(
                    batch,
                    each -> table.writeAll(each)
                            .thenApply(answer -> answer.unprocessedItems().getOrDefault(table.name(), List.of()))));
        }
        return Futures.all(batches);
    }
}
