package io.webchat.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ChatException;
import io.webchat.core.spi.support.Failures;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * The check of a table tries what the adapters do: a table of other types or a missing right is told in one sentence.
 */
final class DynamoTableProbeTest {
    /** A kind of request that the adapters make, and that a policy may forbid. */
    enum Right {
        BATCH_GET("BatchGetItem", BatchGetItemRequest.class::isInstance),
        BATCH_WRITE("BatchWriteItem", BatchWriteItemRequest.class::isInstance),
        DELETE("DeleteItem", DeleteItemRequest.class::isInstance),
        DESCRIBE("DescribeTable", DescribeTableRequest.class::isInstance),
        GET("GetItem", GetItemRequest.class::isInstance),
        PUT("PutItem", PutItemRequest.class::isInstance),
        QUERY("Query", each -> each instanceof QueryRequest query && query.indexName() == null),
        QUERY_INDEX(
                "Query of its index lookup", each -> each instanceof QueryRequest query && query.indexName() != null),
        TRANSACT("TransactWriteItems", TransactWriteItemsRequest.class::isInstance),
        UPDATE("UpdateItem", UpdateItemRequest.class::isInstance);

        private final String request;

        @SuppressWarnings("ImmutableEnumChecker") // the predicates have no state
        private final Predicate<SdkRequest> forbidden;

        Right(String request, Predicate<SdkRequest> forbidden) {
            this.request = request;
            this.forbidden = forbidden;
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_missing_right_is_named(Right right) {
        Wiretap wiretap = new Wiretap();
        try (DynamoDbAsyncClient client = wiretap.client()) {
            DynamoTable table = DynamoTable.of(client, Tables.shared());
            wiretap.forbidden = right.forbidden;

            assertThat(fault(table.check()))
                    .isEqualTo(right.request + " of table " + Tables.shared()
                            + " fails: DynamoDB refuses: AccessDeniedException: not authorized");
            wiretap.forbidden = request -> false;
            LogNode.await(table.check());
        }
    }

    static Stream<List<String>> keys() {
        return Stream.of(List.of("pk"), List.of("sk"), List.of("gpk"), List.of("gsk"));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void a_table_with_a_number_as_a_key_is_refused(List<String> numbers) {
        String name = Tables.withNumbers(numbers);
        String fault = "attribute " + numbers.get(0) + " of table " + name + " must have the type S, not N";
        DynamoTable table = DynamoTable.of(Tables.CLIENT, name);

        assertThat(fault(table.check())).isEqualTo(fault);
        assertThat(fault(table.ready())).isEqualTo(fault);
    }

    @Test
    void a_table_of_a_newer_format_is_refused() {
        String name = Tables.create();
        DynamoTable table = DynamoTable.of(Tables.CLIENT, name);
        LogNode.await(table.check());
        Tables.CLIENT
                .updateItem(update -> update.tableName(name)
                        .key(Map.of("pk", AttributeValue.fromS("FORMAT"), "sk", AttributeValue.fromS("FORMAT")))
                        .updateExpression("SET formatVersion = formatVersion + :one")
                        .expressionAttributeValues(Map.of(":one", AttributeValue.fromN("1"))))
                .join();

        assertThat(fault(DynamoTable.of(Tables.CLIENT, name).check()))
                .isEqualTo("table " + name + " has the format 2 of another version; this node knows format 1:"
                        + " run the newest version of webchat on this node");
    }

    private static String fault(CompletionStage<Void> check) {
        return LogNode.await(check.handle(
                (done, failure) -> failure != null && Failures.unwrap(failure) instanceof ChatException known
                        ? known.detail()
                        : "no fault: " + failure));
    }

    @Test
    void readiness_writes_each_time_and_tries_all_after_a_failure() {
        Wiretap wiretap = new Wiretap();
        try (DynamoDbAsyncClient client = wiretap.client()) {
            DynamoTable table = DynamoTable.of(client, Tables.shared());
            LogNode.await(table.ready());
            wiretap.reset();
            LogNode.await(table.ready());
            assertThat(wiretap.requests).hasSize(1).hasOnlyElementsOfType(BatchWriteItemRequest.class);

            wiretap.forbidden = BatchWriteItemRequest.class::isInstance;
            assertThat(LogNode.failure(table.ready())).isNotNull();
            wiretap.forbidden = request -> false;
            wiretap.reset();
            LogNode.await(table.ready());
            assertThat(wiretap.requests).hasSizeGreaterThan(8);
        }
    }

    @Test
    void a_throttled_write_is_a_fault() {
        Wiretap wiretap = new Wiretap();
        try (DynamoDbAsyncClient client = wiretap.client()) {
            DynamoTable table = DynamoTable.of(client, Tables.shared());
            LogNode.await(table.ready());
            wiretap.throttled = BatchWriteItemRequest.class::isInstance;

            assertThat(fault(table.ready())).contains("DynamoDB is busy: ProvisionedThroughputExceededException");
        }
    }

    @Test
    void the_check_leaves_only_the_version_of_the_format_behind() {
        String name = Tables.create();
        LogNode.await(DynamoTable.of(Tables.CLIENT, name).check());

        assertThat(LogNode.await(Tables.CLIENT.scan(each -> each.tableName(name)))
                        .items())
                .singleElement()
                .satisfies(item -> assertThat(item).containsEntry("pk", AttributeValue.fromS("FORMAT")));
    }
}
