package io.webchat.dynamo;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.Profile;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.ProfileRemoval;
import io.webchat.core.spi.ProfileStore;
import io.webchat.dynamo.internal.table.Item;
import io.webchat.dynamo.internal.table.TableClient;
import io.webchat.dynamo.internal.table.TableKeys;
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
 * for each blocked user. Reads are consistent. Safe for use by any number of threads; stages complete on threads of the
 * client.
 */
public final class DynamoProfileStore implements ProfileStore, ProfileRemoval {
    private static final String PROFILE = "PROFILE";
    private static final String BLOCKS = "B#";
    private static final String NAME = "name";
    private static final String ATTRIBUTES = "attributes";

    private final TableClient table;

    private DynamoProfileStore(TableClient table) {
        this.table = table;
    }

    /** Profiles in a table that {@link DynamoTable} created. The caller closes the client. */
    public static DynamoProfileStore create(DynamoDbAsyncClient client, DynamoConfig config) {
        return new DynamoProfileStore(new TableClient(client, config.settings()));
    }

    @Override
    public CompletionStage<Void> save(UserId user, Profile profile) {
        Map<String, AttributeValue> item = new HashMap<>(Item.of(TableKeys.user(user), PROFILE)
                .with(NAME, profile.name())
                .map());
        Map<String, AttributeValue> attributes = profile.attributes().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, each -> Item.text(each.getValue())));
        item.put(ATTRIBUTES, AttributeValue.fromM(attributes));
        return table.put(put -> put.item(item)).thenApply(done -> null);
    }

    @Override
    public CompletionStage<Optional<Profile>> find(UserId user) {
        return table.get(TableKeys.user(user), PROFILE)
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
                    Item.of(TableKeys.user(user), BLOCKS + other.value()).map();
            return table.put(put -> put.item(item)).thenApply(done -> null);
        });
    }

    @Override
    public CompletionStage<Void> unblock(UserId user, UserId other) {
        return table.delete(delete -> delete.key(Item.key(TableKeys.user(user), BLOCKS + other.value())))
                .thenApply(done -> null);
    }

    @Override
    public CompletionStage<Void> remove(UserId user) {
        return table.delete(delete -> delete.key(Item.key(TableKeys.user(user), PROFILE)))
                .thenCompose(deleted -> blocks(user))
                .thenCompose(blocked -> {
                    CompletionStage<Void> all = CompletableFuture.completedFuture(null);
                    for (UserId each : blocked) {
                        all = all.thenCompose(done -> unblock(user, each));
                    }
                    return all;
                });
    }

    @Override
    public CompletionStage<Set<UserId>> blocks(UserId user) {
        QueryRequest query = table.query()
                .keyConditionExpression("pk = :user AND begins_with(sk, :blocks)")
                .expressionAttributeValues(
                        Map.of(":user", Item.text(TableKeys.user(user)), ":blocks", Item.text(BLOCKS)))
                .build();
        Set<UserId> found = new HashSet<>();
        return table.queryPages(query, page -> {
                    page.items()
                            .forEach(item -> found.add(
                                    UserId.of(Item.text(item, TableKeys.SK).substring(BLOCKS.length()))));
                    return true;
                })
                .thenApply(done -> Set.copyOf(found));
    }
}
