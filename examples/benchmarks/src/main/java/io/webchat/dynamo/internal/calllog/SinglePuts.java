package io.webchat.dynamo.internal.calllog;

import io.webchat.core.ChatEvent;
import io.webchat.core.ConversationId;
import io.webchat.dynamo.internal.table.Item;
import java.util.concurrent.CompletionStage;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/**
 * Records messages without company: one PutItem each, of the item that the call log would put.
 *
 * @param client where to
 * @param table the table
 */
public record SinglePuts(DynamoDbAsyncClient client, String table) {
    /** Puts the message. */
    public CompletionStage<?> put(ConversationId conversation, ChatEvent.Message message, long storedAt) {
        Item item = MessageItems.item(conversation, LatestMessage.of(message, storedAt));
        return client.putItem(put -> put.tableName(table).item(item.map()));
    }
}
