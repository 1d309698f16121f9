package io.webchat.dynamo.internal.calllog;

import io.webchat.core.spi.support.Failures;
import io.webchat.dynamo.internal.calllog.GroupCommit.Write;
import io.webchat.dynamo.internal.table.Item;
import io.webchat.dynamo.internal.table.TableClient;
import io.webchat.dynamo.internal.table.TableKeys;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Writes batches and leaves existing items unchanged.
 *
 * <p>BatchWriteItem takes no conditions, so a BatchGetItem first looks for items that may exist. Two nodes that write
 * the same item within the same milliseconds can still overwrite each other. Both then write the same message, which
 * differs only in the time of its sender's clock.
 */
record PutIfAbsent(TableClient table) implements GroupCommit.Writer {
    @Override
    public CompletionStage<List<Map<String, AttributeValue>>> apply(List<Write> writes) {
        List<Map<String, AttributeValue>> asked = writes.stream()
                .filter(Write::mayBeThere)
                .map(each -> Item.key(each.item()))
                .toList();
        List<Map<String, AttributeValue>> items =
                writes.stream().map(Write::item).toList();
        if (asked.isEmpty()) {
            return put(items);
        }
        // One attempt only: the sender of the batch knows how long to retry.
        return table.getOnce(asked, TableKeys.PK + ", " + TableKeys.SK).thenCompose(got -> put(items, got));
    }

    @Override
    public CompletionStage<Void> applyAlone(Write write) {
        return table.put(put -> put.item(write.item())
                        .conditionExpression("attribute_not_exists(" + TableKeys.PK + ")")
                        .overrideConfiguration(table.oneAttempt()))
                .<Void>thenApply(done -> null)
                .exceptionallyCompose(failure -> Failures.unwrap(failure) instanceof ConditionalCheckFailedException
                        ? CompletableFuture.<Void>completedFuture(null)
                        : CompletableFuture.<Void>failedFuture(failure));
    }

    private CompletionStage<List<Map<String, AttributeValue>>> put(
            List<Map<String, AttributeValue>> items, TableClient.Got got) {
        Set<Map<String, AttributeValue>> there = Set.copyOf(got.found());
        Set<Map<String, AttributeValue>> unknown =
                got.left().stream().map(Item::key).collect(Collectors.toSet());
        List<Map<String, AttributeValue>> unasked =
                items.stream().filter(item -> unknown.contains(Item.key(item))).toList();
        List<Map<String, AttributeValue>> missing = items.stream()
                .filter(item -> !there.contains(Item.key(item)) && !unknown.contains(Item.key(item)))
                .toList();
        return missing.isEmpty()
                ? CompletableFuture.completedFuture(unasked)
                : put(missing)
                        .thenApply(left ->
                                Stream.concat(left.stream(), unasked.stream()).toList());
    }

    /** Completes with the items that DynamoDB throttled. */
    private CompletionStage<List<Map<String, AttributeValue>>> put(List<Map<String, AttributeValue>> items) {
        List<WriteRequest> puts = items.stream()
                .map(item ->
                        WriteRequest.builder().putRequest(put -> put.item(item)).build())
                .toList();
        return table.writeAll(puts)
                .thenApply(answer -> answer.unprocessedItems().getOrDefault(table.name(), List.of()).stream()
                        .map(each -> each.putRequest().item())
                        .toList());
    }
}
