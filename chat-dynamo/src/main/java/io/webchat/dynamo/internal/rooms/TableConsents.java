package io.webchat.dynamo.internal.rooms;

import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.AdditionPolicy;
import io.webchat.core.spi.rooms.RoomConsent;
import io.webchat.core.spi.rooms.RoomConsentStore;
import io.webchat.core.spi.rooms.UserConsents;
import io.webchat.dynamo.internal.table.Item;
import io.webchat.dynamo.internal.table.TableClient;
import io.webchat.dynamo.internal.table.TableKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * The rooms that users must agree to join, as items in the partition of the user: {@code K#POLICY}, and {@code
 * K#R#<room>} for each such room.
 */
public final class TableConsents implements RoomConsentStore {
    private static final String VALUE = "policy";
    private static final String STATE = "state";
    private static final String NAME = "name";
    private static final String BY = "by";
    private static final String AT = "at";

    private final TableClient table;

    /** Consents in this table. */
    public TableConsents(TableClient table) {
        this.table = table;
    }

    @Override
    public CompletionStage<UserConsents> consents(UserId user) {
        QueryRequest query = table.query()
                .keyConditionExpression("pk = :user AND begins_with(sk, :consents)")
                .expressionAttributeValues(
                        Map.of(":user", Item.text(TableKeys.user(user)), ":consents", Item.text(RoomKeys.CONSENTS)))
                .build();
        List<Map<String, AttributeValue>> items = new ArrayList<>();
        return table.queryPages(query, page -> {
                    items.addAll(page.items());
                    return true;
                })
                .thenApply(done -> consents(items));
    }

    private static UserConsents consents(List<Map<String, AttributeValue>> items) {
        AdditionPolicy policy = AdditionPolicy.ALLOW;
        List<RoomConsent> rooms = new ArrayList<>();
        for (Map<String, AttributeValue> item : items) {
            if (Item.text(item, TableKeys.SK).equals(RoomKeys.POLICY)) {
                policy = AdditionPolicy.valueOf(Item.text(item, VALUE));
            } else {
                rooms.add(consent(item));
            }
        }
        return new UserConsents(policy, rooms);
    }

    private static RoomConsent consent(Map<String, AttributeValue> item) {
        return new RoomConsent(
                RoomId.of(Item.text(item, TableKeys.SK).substring(RoomKeys.CONSENT_ROOMS.length())),
                RoomConsent.State.valueOf(Item.text(item, STATE)),
                Item.text(item, NAME),
                UserId.of(Item.text(item, BY)),
                Item.number(item, AT));
    }

    @Override
    public CompletionStage<Void> setPolicy(UserId user, AdditionPolicy policy) {
        return put(Item.of(TableKeys.user(user), RoomKeys.POLICY).with(VALUE, policy.name()));
    }

    @Override
    public CompletionStage<Void> save(UserId user, RoomConsent consent) {
        return put(Item.of(TableKeys.user(user), RoomKeys.consent(consent.room()))
                .with(STATE, consent.state().name())
                .with(NAME, consent.name())
                .with(BY, consent.by().value())
                .with(AT, consent.at()));
    }

    private CompletableFuture<Void> put(Item item) {
        return table.put(put -> put.item(item.map())).thenApply(done -> null);
    }

    @Override
    public CompletionStage<Void> forget(UserId user, RoomId room) {
        return table.delete(delete -> delete.key(Item.key(TableKeys.user(user), RoomKeys.consent(room))))
                .thenApply(done -> null);
    }
}
