package io.webchat.examples.server.accounts;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.support.Failures;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/** Texts of accounts in the chat's table in DynamoDB, beside its items: {@code A#<user>} / {@code ACCOUNT}. */
public final class DynamoAccountStore implements AccountStore {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final String TEXT = "text";

    private final DynamoDbAsyncClient client;
    private final String table;
    private final AccountPart part;

    /** The texts of this part, in this table. The client stays the caller's to close. */
    public DynamoAccountStore(DynamoDbAsyncClient client, String table, AccountPart part) {
        this.client = client;
        this.table = table;
        this.part = part;
    }

    @Override
    public CompletionStage<Optional<String>> find(UserId user) {
        return client.getItem(get -> get.tableName(table)
                        .key(key(user))
                        .consistentRead(true)
                        .overrideConfiguration(with -> with.apiCallTimeout(TIMEOUT)))
                .thenApply(found -> Optional.ofNullable(found.item().get(TEXT)).map(AttributeValue::s))
                .exceptionallyCompose(DynamoAccountStore::unavailable);
    }

    @Override
    public CompletionStage<Boolean> add(UserId user, String value) {
        return put(put -> put.item(item(user, value)).conditionExpression("attribute_not_exists(pk)"));
    }

    @Override
    public CompletionStage<Boolean> replace(UserId user, String expected, String value) {
        return put(put -> put.item(item(user, value))
                // The new one may be there: the SDK repeats a request whose response was lost.
                .conditionExpression("#text IN (:expected, :new)")
                .expressionAttributeNames(Map.of("#text", TEXT))
                .expressionAttributeValues(Map.of(":expected", text(expected), ":new", text(value))));
    }

    /** Returns whether the condition held. */
    private CompletionStage<Boolean> put(Consumer<PutItemRequest.Builder> request) {
        return client.putItem(put -> {
                    put.tableName(table).overrideConfiguration(with -> with.apiCallTimeout(TIMEOUT));
                    request.accept(put);
                })
                .thenApply(done -> true)
                .exceptionallyCompose(failure -> Failures.unwrap(failure) instanceof ConditionalCheckFailedException
                        ? CompletableFuture.completedFuture(false)
                        : unavailable(failure));
    }

    private Map<String, AttributeValue> item(UserId user, String value) {
        return Map.of("pk", text("A#" + user.value()), "sk", text(part.name()), TEXT, text(value));
    }

    private Map<String, AttributeValue> key(UserId user) {
        return Map.of("pk", text("A#" + user.value()), "sk", text(part.name()));
    }

    private static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    private static <T> CompletableFuture<T> unavailable(Throwable failure) {
        return CompletableFuture.failedFuture(
                new ChatException(ErrorCode.UNAVAILABLE, "the accounts cannot be reached", Failures.unwrap(failure)));
    }
}
