package io.webchat.dynamo.internal.rooms;

import io.webchat.core.RoomId;
import io.webchat.core.RoomMember;
import io.webchat.core.RoomRole;
import io.webchat.core.UserId;
import io.webchat.dynamo.internal.table.Item;
import io.webchat.dynamo.internal.table.TableKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Transactions that change a room's members. Each holds only while the room and the member are as they were read. */
record RoomTransactions(String table, RoomId room) {
    /** Adds a new member to a room with fewer than {@code maxMembers}. */
    List<TransactWriteItem> add(String name, RoomMember member, int maxMembers) {
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(count(
                1,
                member.role() == RoomRole.OWNER ? 1 : 0,
                "#members < :limit",
                Map.of(":limit", Item.number(maxMembers))));
        writes.add(put(RoomItems.member(room, member)));
        writes.add(put(RoomItems.membership(room, name, member)));
        return writes;
    }

    /** Changes the role of a member. The last owner must stay an owner. */
    List<TransactWriteItem> changeRole(UserId member, RoomRole before, RoomRole after) {
        boolean promoted = after == RoomRole.OWNER;
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(count(0, promoted ? 1 : -1, "#owners > :limit", Map.of(":limit", Item.number(promoted ? 0 : 1))));
        writes.add(role(Item.key(RoomKeys.room(room), RoomKeys.member(member)), before, after));
        writes.add(role(Item.key(TableKeys.user(member), RoomKeys.room(room)), before, after));
        return writes;
    }

    /** Removes a member who leaves others behind. The last owner must stay. */
    List<TransactWriteItem> remove(UserId member, RoomRole role) {
        boolean owner = role == RoomRole.OWNER;
        List<TransactWriteItem> writes = leave(member, role);
        writes.add(count(
                -1,
                owner ? -1 : 0,
                "#members > :one AND #owners > :limit",
                Map.of(":one", Item.number(1), ":limit", Item.number(owner ? 1 : 0))));
        return writes;
    }

    /** Removes the last member. The counting item stays, so that the id of the room is not used again. */
    List<TransactWriteItem> removeLast(UserId member, RoomRole role) {
        List<TransactWriteItem> writes = leave(member, role);
        writes.add(count(-1, role == RoomRole.OWNER ? -1 : 0, "#members = :one", Map.of(":one", Item.number(1))));
        return writes;
    }

    private List<TransactWriteItem> leave(UserId member, RoomRole role) {
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(TransactWriteItem.builder()
                .delete(delete -> delete.tableName(table)
                        .key(Item.key(RoomKeys.room(room), RoomKeys.member(member)))
                        .conditionExpression("#role = :role")
                        .expressionAttributeNames(Map.of("#role", RoomItems.ROLE))
                        .expressionAttributeValues(Map.of(":role", Item.text(role.name()))))
                .build());
        writes.add(TransactWriteItem.builder()
                .delete(delete -> delete.tableName(table).key(Item.key(TableKeys.user(member), RoomKeys.room(room))))
                .build());
        return writes;
    }

    /** Puts an item that must not exist yet. */
    TransactWriteItem put(Map<String, AttributeValue> item) {
        return TransactWriteItem.builder()
                .put(put -> put.tableName(table).item(item).conditionExpression("attribute_not_exists(pk)"))
                .build();
    }

    private TransactWriteItem role(Map<String, AttributeValue> key, RoomRole before, RoomRole after) {
        return TransactWriteItem.builder()
                .update(update -> update.tableName(table)
                        .key(key)
                        .updateExpression("SET #role = :after")
                        .conditionExpression("#role = :before")
                        .expressionAttributeNames(Map.of("#role", RoomItems.ROLE))
                        .expressionAttributeValues(
                                Map.of(":before", Item.text(before.name()), ":after", Item.text(after.name()))))
                .build();
    }

    private TransactWriteItem count(int members, int owners, String condition, Map<String, AttributeValue> limits) {
        Map<String, AttributeValue> values = new HashMap<>(limits);
        values.put(":none", Item.number(0));
        values.put(":addMembers", Item.number(members));
        values.put(":addOwners", Item.number(owners));
        return TransactWriteItem.builder()
                .update(update -> update.tableName(table)
                        .key(Item.key(RoomKeys.room(room), RoomKeys.META))
                        .updateExpression("ADD #members :addMembers, #owners :addOwners")
                        .conditionExpression("attribute_exists(pk) AND #members > :none AND " + condition)
                        .expressionAttributeNames(Map.of("#members", RoomItems.MEMBERS, "#owners", RoomItems.OWNERS))
                        .expressionAttributeValues(values))
                .build();
    }
}
