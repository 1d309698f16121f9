package io.webchat.dynamo;

import io.webchat.core.contract.queue.QueueRemovalContract;
import io.webchat.core.spi.OfflineQueue;
import org.junit.jupiter.api.AfterEach;

/** The queue in DynamoDB can be emptied. */
final class DynamoQueueRemovalTest implements QueueRemovalContract {
    private final DynamoOfflineQueue queue = DynamoOfflineQueue.create(Tables.CLIENT, Tables.config());

    @AfterEach
    void close() {
        queue.close();
    }

    @Override
    public OfflineQueue queue() {
        return queue;
    }
}
