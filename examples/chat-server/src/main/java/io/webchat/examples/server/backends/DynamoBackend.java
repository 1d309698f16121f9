package io.webchat.examples.server.backends;

import io.webchat.core.Chat;
import io.webchat.core.spi.ProfileStore;
import io.webchat.core.spi.QueueLimits;
import io.webchat.core.spi.QueueRemoval;
import io.webchat.dynamo.DynamoCallLogStore;
import io.webchat.dynamo.DynamoConfig;
import io.webchat.dynamo.DynamoOfflineQueue;
import io.webchat.dynamo.DynamoProfileStore;
import io.webchat.dynamo.DynamoRoomStore;
import io.webchat.dynamo.DynamoTable;
import io.webchat.examples.server.accounts.AccountStore;
import io.webchat.examples.server.accounts.DynamoAccountStore;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** One node's stores in DynamoDB, and the client that they share. */
public final class DynamoBackend implements AutoCloseable {
    private final DynamoDbAsyncClient client;
    private final DynamoTable table;
    private final DynamoConfig config;
    private final DynamoCallLogStore callLog;
    private final Opened opened = new Opened();

    private DynamoBackend(DynamoDbAsyncClient client, DynamoTable table, DynamoConfig config) {
        this.client = client;
        this.table = table;
        this.config = config;
        opened.add(client);
        this.callLog = opened.add(DynamoCallLogStore.create(client, config));
    }

    /**
     * Opens them when the table can be used; makes it first on a DynamoDB Local that has none.
     *
     * @throws IllegalArgumentException when no region or no credentials are configured
     * @throws java.io.UncheckedIOException when DynamoDB cannot be used, with one sentence that says why
     */
    public static DynamoBackend open(DynamoAddress address, String tableName) {
        DynamoDbAsyncClient client = address.client();
        try {
            DynamoTable table = DynamoTable.of(client, tableName);
            Startup.await("DynamoDB at " + address, address.isLocal() ? table.create() : table.check());
            return new DynamoBackend(client, table, DynamoConfig.of(tableName));
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
    }

    /** Makes the chat keep its history, rooms and profiles there; {@code cache} goes before the profiles. */
    void addTo(Chat.Builder chat, UnaryOperator<ProfileStore> cache) {
        chat.callLog(callLog)
                .rooms(DynamoRoomStore.create(client, config))
                .profiles(cache.apply(DynamoProfileStore.create(client, config)));
    }

    /** Makes the chat queue there too; returns the queues. */
    QueueRemoval queueFor(Chat.Builder chat, QueueLimits limits) {
        DynamoOfflineQueue queue = opened.add(DynamoOfflineQueue.create(client, config, limits));
        chat.offlineQueue(queue);
        return queue;
    }

    /** Accounts in the same table. */
    public AccountStore accounts() {
        return new DynamoAccountStore(client, config.table());
    }

    /** Completes when the table takes writes now; fails otherwise. */
    public CompletionStage<Void> check() {
        return table.ready();
    }

    /** Writes the pending entries, then closes the client. */
    @Override
    public void close() {
        opened.close();
    }
}
