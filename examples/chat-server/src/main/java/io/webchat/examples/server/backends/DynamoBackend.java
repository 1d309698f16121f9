package io.webchat.examples.server.backends;

import io.webchat.core.Chat;
import io.webchat.core.spi.ProfileStore;
import io.webchat.dynamo.DynamoCallLogStore;
import io.webchat.dynamo.DynamoConfig;
import io.webchat.dynamo.DynamoProfileStore;
import io.webchat.dynamo.DynamoRoomStore;
import io.webchat.dynamo.DynamoTable;
import io.webchat.examples.server.accounts.AccountPart;
import io.webchat.examples.server.accounts.AccountStore;
import io.webchat.examples.server.accounts.DynamoAccountStore;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** One node's stores in DynamoDB, and the client that they share. */
public final class DynamoBackend implements AutoCloseable {
    private final DynamoDbAsyncClient client;
    private final DynamoTable table;
    private final DynamoConfig config;
    private final @Nullable TableLease lease;
    private final DynamoCallLogStore callLog;
    private final Opened opened = new Opened();

    private DynamoBackend(
            DynamoDbAsyncClient client, DynamoTable table, DynamoConfig config, @Nullable TableLease lease) {
        this.client = client;
        this.table = table;
        this.config = config;
        this.lease = lease;
        opened.add(client);
        if (lease != null) {
            opened.add(lease);
        }
        this.callLog = opened.add(DynamoCallLogStore.create(client, config));
    }

    /**
     * Opens them when the table can be used; makes it first on a DynamoDB Local that has none.
     *
     * @throws IllegalArgumentException when no region or no credentials are configured
     * @throws java.io.UncheckedIOException when DynamoDB cannot be used, with one sentence that says why
     */
    public static DynamoBackend open(DynamoAddress address, String tableName) {
        return open(address, tableName, false);
    }

    /**
     * Opens them like {@link #open(DynamoAddress, String)}, for a node that shares its users with no other node.
     *
     * @throws java.io.UncheckedIOException also when another node uses the table
     */
    static DynamoBackend openAlone(DynamoAddress address, String tableName) {
        return open(address, tableName, true);
    }

    private static DynamoBackend open(DynamoAddress address, String tableName, boolean alone) {
        DynamoDbAsyncClient client = address.client();
        try {
            DynamoTable table = DynamoTable.of(client, tableName);
            Startup.await("DynamoDB at " + address, address.isLocal() ? table.create() : table.check());
            TableLease lease = alone ? TableLease.take(client, tableName) : null;
            return new DynamoBackend(client, table, DynamoConfig.of(tableName), lease);
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

    /** Completes when another node has taken the table over. Never completes if this node shares its users. */
    CompletionStage<Void> lost() {
        return lease == null ? new CompletableFuture<>() : lease.lost();
    }

    /** A part of the accounts in the same table. */
    public AccountStore accounts(AccountPart part) {
        return new DynamoAccountStore(client, config.table(), part);
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
