package io.webchat.dynamo.internal.table;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/**
 * The version of the format of all items. The table remembers it in an item of its own. So a node that is too old for
 * the items refuses the table, in place of reading them wrongly.
 */
public final class TableFormat {
    /** The format that this version writes. It grows when older nodes must not use the items. */
    private static final int KNOWN = 1;

    private static final String KEY = "FORMAT";
    private static final String VERSION = "formatVersion";
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final DynamoDbAsyncClient client;
    private final String table;

    /** The format of this table. */
    public TableFormat(DynamoDbAsyncClient client, String table) {
        this.client = client;
        this.table = table;
    }

    /**
     * Completes if this node knows the format. A table without items of webchat gets the format of this node.
     *
     * @return fails with {@code unavailable} and one sentence
     */
    public CompletableFuture<Void> check() {
        return client.updateItem(update -> update.overrideConfiguration(with -> with.apiCallTimeout(TIMEOUT))
                        .tableName(table)
                        .key(Item.key(KEY, KEY))
                        .updateExpression("SET " + VERSION + " = if_not_exists(" + VERSION + ", :known)")
                        .expressionAttributeValues(Map.of(":known", Item.number(KNOWN)))
                        .returnValues(ReturnValue.ALL_NEW))
                .handle((answer, failure) -> {
                    if (failure != null) {
                        throw TableProbe.fault("UpdateItem", table, failure);
                    }
                    requireKnown(answer.attributes());
                    return null;
                });
    }

    private void requireKnown(Map<String, AttributeValue> item) {
        long version = Item.number(item, VERSION);
        if (version > KNOWN) {
            throw DynamoErrors.unavailable("table " + table + " has the format " + version
                    + " of another version; this node knows format " + KNOWN
                    + ": run the newest version of webchat on this node");
        }
    }
}
