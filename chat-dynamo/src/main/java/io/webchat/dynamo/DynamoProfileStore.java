package io.webchat.dynamo;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.Profile;
import io.webchat.core.UserId;
import io.webchat.core.spi.ProfileStore;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * Profiles and block lists in DynamoDB: {@code U#<user>} / {@code PROFILE}, and {@code U#<user>} / {@code B#<other>}
 * for each user refused. Reads are consistent. Safe for use by any number of threads; stages complete on threads of the
 * client.
 */
public final class DynamoProfileStore implements ProfileStore {
    private static final String NAME = "name";
    private static final String ATTRIBUTES = "attributes";

    private final Table table;

    private DynamoProfileStore(Table table) {
        this.table = table;
    }

    /** Profiles in a table that {@link DynamoTable} made. The client stays the caller's to close. */
    public static DynamoProfileStore create(DynamoDbAsyncClient client, DynamoConfig config) {
        return new DynamoProfileStore(new Table(client, config));
    }

    @Override
    public CompletionStage<Void> save(UserId user, Profile profile) {
        Map<String, AttributeValue> item = new HashMap<>(Item.of(Keys.user(user), Keys.PROFILE)
                .with(NAME, profile.name())
                .map());
        Map<String, AttributeValue> attributes = profile.attributes().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, each -> Item.text(each.getValue())));
        item.put(ATTRIBUTES, AttributeValue.fromM(attributes));
        return table.put(put -> put.item(item)).thenApply(done -> null);
    }

    @Override
    public CompletionStage<Optional<Profile>> find(UserId user) {
        return table.get(Keys.user(user), Keys.PROFILE)
                .thenApply(item -> item == null ? Optional.empty() : Optional.of(profile(item)));
    }

    private static Profile profile(Map<String, AttributeValue> item) {
        AttributeValue attributes = item.getOrDefault(ATTRIBUTES, AttributeValue.fromM(Map.of()));
        return new Profile(
                Item.text(item, NAME),
                attributes.m().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, each -> each.getValue().s())));
    }

    @Override
    public CompletionStage<Void> block(UserId user, UserId other, int max) {
        return blocks(user).thenCompose(blocked -> {
            if (blocked.contains(other)) {
                return CompletableFuture.<Void>completedFuture(null);
            }
            if (blocked.size() >= max) {
                return CompletableFuture.failedFuture(
                        new ChatException(ErrorCode.TOO_LARGE, "a user can refuse " + max + " others"));
            }
            Map<String, AttributeValue> item =
                    Item.of(Keys.user(user), Keys.block(other)).map();
            return table.put(put -> put.item(item)).thenApply(done -> null);
        });
    }

    @Override
    public CompletionStage<Void> unblock(UserId user, UserId other) {
        return table.delete(delete -> delete.key(Item.key(Keys.user(user), Keys.block(other))))
                .thenApply(done -> null);
    }

    @Override
    public CompletionStage<Set<UserId>> blocks(UserId user) {
        QueryRequest query = table.query()
                .keyConditionExpression("pk = :user AND begins_with(sk, :blocks)")
                .expressionAttributeValues(
                        Map.of(":user", Item.text(Keys.user(user)), ":blocks", Item.text(Keys.BLOCKS)))
                .build();
        Set<UserId> found = new HashSet<>();
        return table.queryPages(query, page -> {
                    page.items()
                            .forEach(item ->
                                    found.add(UserId.of(Item.text(item, Keys.SK).substring(Keys.BLOCKS.length()))));
                    return true;
                })
                .thenApply(done -> Set.copyOf(found));
    }
}
