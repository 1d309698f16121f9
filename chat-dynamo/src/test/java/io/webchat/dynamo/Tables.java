package io.webchat.dynamo;

import io.webchat.dynamo.testing.DynamoServers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** The table that all tests of this JVM share, and a client for it. Users and rooms have new names in each test. */
public final class Tables {
    /** A timeout that even a busy machine does not reach. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    private static @Nullable String name;

    private Tables() {}

    /** A client for the server that all tests of this JVM share. */
    public static final DynamoDbAsyncClient CLIENT = DynamoServers.shared().client();

    /** The name of the shared table. */
    public static synchronized String shared() {
        String made = name;
        if (made == null) {
            made = create();
            name = made;
        }
        return made;
    }

    /** The shared table with a long timeout. */
    public static DynamoConfig config() {
        return DynamoConfig.builder(shared()).requestTimeout(PATIENCE).build();
    }

    /** A new table. */
    public static String create() {
        String made = "webchat-" + UUID.randomUUID();
        DynamoTable.of(CLIENT, made)
                .create()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
        return made;
    }

    /** A new table with the right keys, of which these have the type of numbers. */
    public static String withNumbers(List<String> numbers) {
        String made = "numbers-" + UUID.randomUUID();
        CLIENT.createTable(each -> each.tableName(made)
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .attributeDefinitions(Stream.of("pk", "sk", "gpk", "gsk")
                                .map(key -> attribute(key, numbers.contains(key)))
                                .toList())
                        .keySchema(keys("pk", "sk"))
                        .globalSecondaryIndexes(GlobalSecondaryIndex.builder()
                                .indexName("lookup")
                                .keySchema(keys("gpk", "gsk"))
                                .projection(of -> of.projectionType(ProjectionType.KEYS_ONLY))
                                .build()))
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
        return made;
    }

    private static AttributeDefinition attribute(String name, boolean number) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(number ? ScalarAttributeType.N : ScalarAttributeType.S)
                .build();
    }

    private static List<KeySchemaElement> keys(String partition, String sort) {
        return List.of(
                KeySchemaElement.builder()
                        .attributeName(partition)
                        .keyType(KeyType.HASH)
                        .build(),
                KeySchemaElement.builder()
                        .attributeName(sort)
                        .keyType(KeyType.RANGE)
                        .build());
    }
}
