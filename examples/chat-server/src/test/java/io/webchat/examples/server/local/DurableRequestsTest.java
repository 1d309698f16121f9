package io.webchat.examples.server.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.almworks.sqlite4java.SQLite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;

/** Each write is on the disk when it is answered: the files of that moment have it. */
@Tag("full")
class DurableRequestsTest {
    private static final String KEY = "key";
    private static final String REGION = "local";
    private static final String TABLE = "table";

    private Path folder;
    private DurableRequests requests;

    @BeforeEach
    void open(@TempDir Path temporary) throws Exception {
        folder = temporary;
        SQLite.setLibraryPath(DynamoChild.jars().toString());
        requests = new DurableRequests(Files.createDirectory(folder.resolve("data")));
        requests.createTable(
                KEY,
                REGION,
                CreateTableRequest.builder()
                        .tableName(TABLE)
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .keySchema(KeySchemaElement.builder()
                                .attributeName("pk")
                                .keyType(KeyType.HASH)
                                .build())
                        .attributeDefinitions(AttributeDefinition.builder()
                                .attributeName("pk")
                                .attributeType(ScalarAttributeType.S)
                                .build())
                        .build());
    }

    @AfterEach
    void close() {
        requests.shutdown();
    }

    private static Map<String, AttributeValue> item(String id) {
        return Map.of("pk", AttributeValue.fromS(id));
    }

    private void put(String id) {
        requests.putItem(
                KEY,
                REGION,
                PutItemRequest.builder().tableName(TABLE).item(item(id)).build());
    }

    private static boolean has(LocalDynamoDBRequestHandler database, String id) {
        return database.getItem(
                        KEY,
                        REGION,
                        GetItemRequest.builder().tableName(TABLE).key(item(id)).build())
                .hasItem();
    }

    @Test
    void everyKindOfWriteWaitsForTheDiskOnceAndReadsDoNot() {
        put("put");
        assertThat(requests.syncs()).isEqualTo(1);
        requests.updateItem(
                KEY,
                REGION,
                UpdateItemRequest.builder().tableName(TABLE).key(item("update")).build());
        assertThat(requests.syncs()).isEqualTo(2);
        WriteRequest write = WriteRequest.builder()
                .putRequest(PutRequest.builder().item(item("batch")).build())
                .build();
        requests.batchWriteItem(
                KEY,
                REGION,
                BatchWriteItemRequest.builder()
                        .requestItems(Map.of(TABLE, List.of(write)))
                        .build());
        assertThat(requests.syncs()).isEqualTo(3);
        Put inTransaction =
                Put.builder().tableName(TABLE).item(item("transaction")).build();
        requests.transactWriteItems(
                KEY,
                REGION,
                TransactWriteItemsRequest.builder()
                        .transactItems(
                                TransactWriteItem.builder().put(inTransaction).build())
                        .build());
        assertThat(requests.syncs()).isEqualTo(4);
        requests.deleteItem(
                KEY,
                REGION,
                DeleteItemRequest.builder().tableName(TABLE).key(item("put")).build());
        assertThat(requests.syncs()).isEqualTo(5);

        assertThat(Stream.of("put", "update", "batch", "transaction").filter(each -> has(requests, each)))
                .containsExactly("update", "batch", "transaction");
        assertThat(requests.syncs()).isEqualTo(5);
    }

    /** A process that is killed leaves such files behind. */
    @Test
    void theFilesOfTheMomentHaveWhatWasAnswered() throws Exception {
        put("answered");
        Path copy = Files.createDirectory(folder.resolve("copy"));
        try (Stream<Path> files = Files.list(folder.resolve("data"))) {
            for (Path each :
                    files.filter(file -> !file.toString().endsWith("-shm")).toList()) {
                Files.copy(each, copy.resolve(each.getFileName()));
            }
        }
        put("later");

        DurableRequests again = new DurableRequests(copy);
        assertThat(has(again, "answered")).isTrue();
        assertThat(has(again, "later")).isFalse();
        again.shutdown();
    }
}
