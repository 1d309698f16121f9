package io.webchat.dynamo;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
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
        return table.getAll(items.stream().map(Item::key).toList(), Keys.PK + ", " + Keys.SK)
                .thenCompose(there -> write(items, Set.copyOf(there)));
    }

    private CompletionStage<List<Map<String, AttributeValue>>> write(
            List<Map<String, AttributeValue>> items, Set<Map<String, AttributeValue>> there) {
        List<WriteRequest> puts = items.stream()
                .filter(item -> !there.contains(Item.key(item)))
                .map(item ->
                        WriteRequest.builder().putRequest(put -> put.item(item)).build())
                .toList();
        return puts.isEmpty()
                ? CompletableFuture.completedFuture(List.of())
                : table.writeAll(puts).thenApply(this::left);
    }

    private List<Map<String, AttributeValue>> left(BatchWriteItemResponse answer) {
        return answer.unprocessedItems().getOrDefault(table.name(), List.of()).stream()
                .map(each -> each.putRequest().item())
                .collect(Collectors.toList());
    }
}
