package io.webchat.dynamo.internal.calllog;

import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.ConversationId;
import io.webchat.dynamo.internal.table.Item;
import java.util.concurrent.CompletionStage;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/**
 * Writes messages without batches: one PutItem for each, with the item that the call log would write.
 *
 * @param client the client to write with
 * @param table the name of the table
 */
public record SinglePuts(DynamoDbAsyncClient client, String table) {
    /** Writes the message. */
    public CompletionStage<?> put(ConversationId conversation, ChatEvent.Message message, long storedAt) {
        Item item = MessageItems.item(conversation, LatestMessage.of(message, storedAt), message.content());
        return client.putItem(put -> put.tableName(table).item(item.map()));
    }
}
