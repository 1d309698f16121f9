package io.webchat.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/** The table is created once, and a fault of a table is told in one sentence. */
final class DynamoTableTest {
    @Test
    void a_table_that_was_made_is_sound_and_expires_its_items() {
        String name = Tables.create();
        LogNode.await(DynamoTable.of(Tables.CLIENT, name).check());

        assertThat(LogNode.await(Tables.CLIENT.describeTimeToLive(each -> each.tableName(name)))
                        .timeToLiveDescription())
                .satisfies(each -> assertThat(each.attributeName()).isEqualTo("expires"))
                .satisfies(each -> assertThat(each.timeToLiveStatus()).isEqualTo(TimeToLiveStatus.ENABLED));
    }

    @Test
    void making_it_again_changes_nothing() {
        String name = Tables.create();
        LogNode.await(DynamoTable.of(Tables.CLIENT, name).create());
        LogNode.await(DynamoTable.of(Tables.CLIENT, name).check());
    }

    @Test
    void nodes_that_make_it_at_the_same_moment_all_find_it_sound() {
        String name = "at-once-" + UUID.randomUUID();

        LogNode.await(CompletableFuture.allOf(IntStream.range(0, 8)
                .mapToObj(node -> DynamoTable.of(Tables.CLIENT, name).create().toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new)));
    }

    @Test
    void a_table_that_is_missing_is_named() {
        assertFault(DynamoTable.of(Tables.CLIENT, "nowhere").check(), "there is no table nowhere");
    }

    @Test
    void a_table_of_something_else_is_refused() {
        String name = other("id");

        assertFault(DynamoTable.of(Tables.CLIENT, name).check(), "must have the keys pk and sk");
        assertFault(DynamoTable.of(Tables.CLIENT, name).create(), "must have the keys pk and sk");
    }

    @Test
    void a_table_whose_keys_are_numbers_is_refused() {
        String name = Tables.withNumbers(List.of("pk", "sk", "gpk", "gsk"));

        assertFault(
                DynamoTable.of(Tables.CLIENT, name).check(),
                "attribute pk of table " + name + " must have the type S, not N");
    }

    private static String other(String key) {
        String name = "other-" + UUID.randomUUID();
        LogNode.await(Tables.CLIENT.createTable(each -> each.tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(AttributeDefinition.builder()
                        .attributeName(key)
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .keySchema(KeySchemaElement.builder()
                        .attributeName(key)
                        .keyType(KeyType.HASH)
                        .build())));
        return name;
    }

    private static void assertFault(CompletionStage<Void> stage, String sentence) {
        assertThatThrownBy(() -> LogNode.await(stage)).rootCause().hasMessageContaining(sentence);
    }
}
