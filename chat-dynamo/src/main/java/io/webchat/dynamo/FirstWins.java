package io.webchat.dynamo;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Writes batches in which what is there already stays as it is. BatchWriteItem takes no conditions, so a BatchGetItem
 * looks first; two nodes that write the same item within the same milliseconds can still overwrite each other, with
 * what then is the same message but for its sender's clock.
 */
record FirstWins(Table table) implements GroupCommit.Writer {
    @Override
    public CompletionStage<List<Map<String, AttributeValue>>> apply(List<Map<String, AttributeValue>> items) {
        // Once: who sends the batch knows how long what is left may be tried again.
        return table.getOnce(items.stream().map(Item::key).toList(), Keys.PK + ", " + Keys.SK)
                .thenCompose(got -> write(items, got));
    }

    private CompletionStage<List<Map<String, AttributeValue>>> write(
            List<Map<String, AttributeValue>> items, Table.Got got) {
        Set<Map<String, AttributeValue>> there = Set.copyOf(got.found());
        Set<Map<String, AttributeValue>> unknown =
                got.left().stream().map(Item::key).collect(Collectors.toSet());
        List<Map<String, AttributeValue>> unasked =
                items.stream().filter(item -> unknown.contains(Item.key(item))).toList();
        List<WriteRequest> puts = items.stream()
                .filter(item -> !there.contains(Item.key(item)) && !unknown.contains(Item.key(item)))
                .map(item ->
                        WriteRequest.builder().putRequest(put -> put.item(item)).build())
                .toList();
        return puts.isEmpty()
                ? CompletableFuture.completedFuture(unasked)
                : table.writeAll(puts)
                        .thenApply(answer ->
                                Stream.concat(left(answer), unasked.stream()).toList());
    }

    private Stream<Map<String, AttributeValue>> left(BatchWriteItemResponse answer) {
        return answer.unprocessedItems().getOrDefault(table.name(), List.of()).stream()
                .map(each -> each.putRequest().item());
    }
}
