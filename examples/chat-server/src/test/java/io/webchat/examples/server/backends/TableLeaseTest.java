package io.webchat.examples.server.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webchat.dynamo.DynamoTable;
import io.webchat.dynamo.testing.DynamoEndpoint;
import io.webchat.dynamo.testing.DynamoServers;
import io.webchat.examples.server.LogLines;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Without Redis one node serves a table: the second one is refused, and one that was thought dead ends. */
@ExtendWith(DynamoServers.class)
class TableLeaseTest {
    private final String table = "lease-" + System.nanoTime();
    private final DynamoDbAsyncClient client;

    TableLeaseTest(DynamoEndpoint dynamo) {
        client = dynamo.client();
    }

    @BeforeEach
    void create() throws Exception {
        DynamoTable.of(client, table).create().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() {
        client.close();
    }

    private void write(String holder) throws Exception {
        client.putItem(put -> put.tableName(table)
                        .item(Map.of(
                                "pk", AttributeValue.fromS("NODE"),
                                "sk", AttributeValue.fromS("LEASE"),
                                "holder", AttributeValue.fromS(holder),
                                "beat", AttributeValue.fromN("7"))))
                .get(30, TimeUnit.SECONDS);
    }

    @Test
    void aSecondNodeIsRefusedWithASentenceUntilTheFirstHasEnded() {
        try (TableLease first = TableLease.take(client, table)) {
            assertThatThrownBy(() -> TableLease.take(client, table))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("another node uses the table " + table)
                    .hasMessageContaining("--redis");
            assertThat(first.lost().toCompletableFuture()).isNotDone();
        }
        TableLease.take(client, table).close();
    }

    @Test
    void aNodeThatFindsAnotherOneInItsPlaceHasLost() throws Exception {
        try (LogLines log = new LogLines(TableLease.class);
                TableLease lease = TableLease.take(client, table)) {
            write("another node");

            assertThat(lease.lost().toCompletableFuture()).succeedsWithin(Duration.ofSeconds(30));
            assertThat(log.get()).singleElement().asString().startsWith("ERROR another node uses the table " + table);
        }
    }

    @Tag("full")
    @Test
    void theLeaseOfADeadNodeIsTakenOver() throws Exception {
        write("a dead node");

        try (TableLease lease = TableLease.take(client, table)) {
            assertThat(lease.lost().toCompletableFuture()).isNotDone();
        }
    }
}
