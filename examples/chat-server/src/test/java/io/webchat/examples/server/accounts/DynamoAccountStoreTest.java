package io.webchat.examples.server.accounts;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webchat.core.ids.UserId;
import io.webchat.dynamo.DynamoTable;
import io.webchat.dynamo.testing.DynamoServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

class DynamoAccountStoreTest implements AccountStoreContract {
    private static final String TABLE = "accounts-" + System.nanoTime();
    private static final DynamoDbAsyncClient CLIENT = DynamoServers.shared().client();

    @BeforeAll
    static void makeTable() {
        DynamoTable.of(CLIENT, TABLE).create().toCompletableFuture().join();
    }

    @AfterAll
    static void close() {
        CLIENT.close();
    }

    @Override
    public AccountStore node(AccountPart part) {
        return new DynamoAccountStore(CLIENT, TABLE, part);
    }

    @Test
    void saysThatTheStoreCannotBeReached() {
        AccountStore nowhere = new DynamoAccountStore(CLIENT, "no-such-table", AccountPart.ACCOUNT);

        assertThatThrownBy(() ->
                        nowhere.find(UserId.of("ann")).toCompletableFuture().get())
                .hasMessageContaining("the accounts cannot be reached");
        assertThatThrownBy(() -> nowhere.add(UserId.of("ann"), "hash")
                        .toCompletableFuture()
                        .get())
                .hasMessageContaining("the accounts cannot be reached");
    }
}
