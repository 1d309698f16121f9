package io.webchat.dynamo.internal.table;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/**
 * The keys and the index that the table must have.
 *
 * @param name the table's name
 */
public record TableSchema(String name) {
    private static final List<String> KEYS =
            List.of(TableKeys.PK, TableKeys.SK, TableKeys.INDEX_PK, TableKeys.INDEX_SK);

    /** The request that creates the table, paid per request. */
    public CreateTableRequest definition() {
        return CreateTableRequest.builder()
                .tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(KEYS.stream().map(TableSchema::text).toList())
                .keySchema(keys(TableKeys.PK, TableKeys.SK))
                .globalSecondaryIndexes(GlobalSecondaryIndex.builder()
                        .indexName(TableKeys.INDEX)
                        .keySchema(keys(TableKeys.INDEX_PK, TableKeys.INDEX_SK))
                        .projection(of -> of.projectionType(ProjectionType.KEYS_ONLY))
                        .build())
                .build();
    }

    /** One sentence about the first fault of this table; empty if the adapters can use it. */
    public Optional<String> fault(TableDescription table) {
        if (table.tableStatus() != TableStatus.ACTIVE && table.tableStatus() != TableStatus.UPDATING) {
            return Optional.of("table " + name + " is " + table.tableStatusAsString() + ", not active");
        }
        if (!table.keySchema().equals(keys(TableKeys.PK, TableKeys.SK))) {
            return Optional.of("table " + name + " must have the keys pk and sk");
        }
        Optional<String> wrongType = wrongType(table.attributeDefinitions());
        if (wrongType.isPresent()) {
            return wrongType;
        }
        return table.globalSecondaryIndexes().stream()
                .filter(index -> TableKeys.INDEX.equals(index.indexName()))
                .findFirst()
                .map(index -> fault(index.keySchema(), index.indexStatus()))
                .orElseGet(() -> Optional.of("table " + name + " has no index " + TableKeys.INDEX));
    }

    private Optional<String> fault(List<KeySchemaElement> keys, @Nullable IndexStatus status) {
        if (!keys.equals(keys(TableKeys.INDEX_PK, TableKeys.INDEX_SK))) {
            return Optional.of("index " + TableKeys.INDEX + " of table " + name + " must have the keys gpk and gsk");
        }
        return status == IndexStatus.CREATING || status == IndexStatus.DELETING
                ? Optional.of("index " + TableKeys.INDEX + " of table " + name + " is " + status + ", not active")
                : Optional.empty();
    }

    /** Tells of the first key that is no text. DynamoDB refuses each request with such a key. */
    private Optional<String> wrongType(List<AttributeDefinition> attributes) {
        return attributes.stream()
                .filter(each -> KEYS.contains(each.attributeName()) && each.attributeType() != ScalarAttributeType.S)
                .findFirst()
                .map(each -> "attribute " + each.attributeName() + " of table " + name + " must have the type S, not "
                        + each.attributeTypeAsString());
    }

    private static AttributeDefinition text(String attribute) {
        return AttributeDefinition.builder()
                .attributeName(attribute)
                .attributeType(ScalarAttributeType.S)
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
