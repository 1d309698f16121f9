package io.webchat.dynamo.internal.rooms;

import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.Membership;
import io.webchat.core.rooms.RoomMember;
import io.webchat.core.spi.rooms.RoomSnapshot;
import io.webchat.dynamo.internal.table.Futures;
import io.webchat.dynamo.internal.table.Item;
import io.webchat.dynamo.internal.table.TableClient;
import io.webchat.dynamo.internal.table.TableKeys;
import io.webchat.dynamo.internal.table.ThrottleRetry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * Reads rooms and memberships.
 *
 * @param table the table that holds them
 */
record RoomReader(TableClient table) {
    private static final int MAX_ATTEMPTS = 40;

    /**
     * The state that a change of one member depends on.
     *
     * @param meta the item that counts the room's members and owners
     * @param member the member, null if the user is not one
     */
    record State(Map<String, AttributeValue> meta, @Nullable RoomMember member) {
        boolean hasOneOwner() {
            return Item.number(meta, RoomItems.OWNERS) <= 1;
        }

        long memberCount() {
            return Item.number(meta, RoomItems.MEMBERS);
        }
    }

    CompletableFuture<Optional<RoomSnapshot>> load(RoomId room) {
        return load(room, 0);
    }

    /**
     * A query is no snapshot. It is repeated if a change happened meanwhile, which the counts in the room's item tell.
     */
    private CompletableFuture<Optional<RoomSnapshot>> load(RoomId room, int attempts) {
        QueryRequest query = table.query()
                .keyConditionExpression("pk = :room")
                .expressionAttributeValues(Map.of(":room", Item.text(RoomKeys.room(room))))
                .build();
        List<Map<String, AttributeValue>> items = new ArrayList<>();
        return table.queryPages(query, page -> items.addAll(page.items())).thenCompose(done -> {
            Optional<Map<String, AttributeValue>> meta = meta(items);
            List<RoomMember> members = items.stream()
                    .filter(item -> Item.text(item, TableKeys.SK).startsWith(RoomKeys.MEMBERS))
                    .map(RoomItems::member)
                    .toList();
            boolean whole =
                    meta.map(found -> RoomItems.hasCountsOf(found, members)).orElse(members.isEmpty());
            if (whole || attempts >= MAX_ATTEMPTS) {
                return CompletableFuture.completedFuture(meta.map(
                        found -> new RoomSnapshot(RoomItems.room(room, found, members), RoomItems.notes(items))));
            }
            return Futures.later(ThrottleRetry.BACKOFF.delay(0)).thenCompose(waited -> load(room, attempts + 1));
        });
    }

    CompletableFuture<List<Membership>> roomsOf(UserId user) {
        QueryRequest query = table.query()
                .keyConditionExpression("pk = :user AND begins_with(sk, :rooms)")
                .expressionAttributeValues(
                        Map.of(":user", Item.text(TableKeys.user(user)), ":rooms", Item.text(RoomKeys.ROOMS)))
                .build();
        List<Membership> found = new ArrayList<>();
        return table.queryPages(query, page -> {
                    page.items().forEach(item -> found.add(RoomItems.membership(item)));
                    return true;
                })
                .thenApply(done -> List.copyOf(found));
    }

    /** Whether this room was ever created. A room that ended leaves its counting item behind. */
    CompletableFuture<Boolean> wasCreated(RoomId room) {
        return table.get(RoomKeys.room(room), RoomKeys.META).thenApply(item -> item != null);
    }

    /** The state for a change of this member; empty if the room does not exist. */
    CompletableFuture<Optional<State>> state(RoomId room, UserId member) {
        List<Map<String, AttributeValue>> keys = List.of(
                Item.key(RoomKeys.room(room), RoomKeys.META), Item.key(RoomKeys.room(room), RoomKeys.member(member)));
        return table.getAll(keys, null).thenApply(items -> {
            RoomMember there = items.stream()
                    .filter(item -> !isMeta(item))
                    .findFirst()
                    .map(RoomItems::member)
                    .orElse(null);
            return meta(items).map(found -> new State(found, there));
        });
    }

    /** The counting item of a room that has members. */
    private static Optional<Map<String, AttributeValue>> meta(List<Map<String, AttributeValue>> items) {
        return items.stream()
                .filter(RoomReader::isMeta)
                .filter(item -> Item.number(item, RoomItems.MEMBERS) > 0)
                .findFirst();
    }

    private static boolean isMeta(Map<String, AttributeValue> item) {
        return RoomKeys.META.equals(Item.text(item, TableKeys.SK));
    }
}
