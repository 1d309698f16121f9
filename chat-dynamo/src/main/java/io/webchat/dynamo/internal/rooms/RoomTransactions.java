package io.webchat.dynamo.internal.rooms;

import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.RoomDetails;
import io.webchat.core.rooms.RoomMember;
import io.webchat.core.rooms.RoomRole;
import io.webchat.core.spi.rooms.RoomNote;
import io.webchat.dynamo.internal.table.Item;
import io.webchat.dynamo.internal.table.TableKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Transactions that change a room or its members. Each holds only while the room and the member are as they were read.
 */
record RoomTransactions(String table, RoomId room) {
    /** Adds a new member to a room with fewer than {@code maxMembers}. */
    List<TransactWriteItem> add(RoomDetails details, RoomMember member, int maxMembers) {
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(count(
                1,
                member.role() == RoomRole.OWNER ? 1 : 0,
                "#members < :limit",
                Map.of(":limit", Item.number(maxMembers))));
        writes.add(put(RoomItems.member(room, member)));
        writes.add(put(RoomItems.membership(room, details, member)));
        return writes;
    }

    /** Changes the role of a member. The last owner must stay an owner. */
    List<TransactWriteItem> changeRole(UserId member, RoomRole before, RoomRole after) {
        int owners = ownerCount(after) - ownerCount(before);
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(count(0, owners, "#owners > :limit", Map.of(":limit", Item.number(owners < 0 ? 1 : 0))));
        writes.add(role(Item.key(RoomKeys.room(room), RoomKeys.member(member)), before, after));
        writes.add(role(Item.key(TableKeys.user(member), RoomKeys.room(room)), before, after));
        return writes;
    }

    private static int ownerCount(RoomRole role) {
        return role == RoomRole.OWNER ? 1 : 0;
    }

    /** Updates the details of a room that has members. */
    List<TransactWriteItem> update(RoomDetails before, RoomDetails after) {
        Map<String, String> old = RoomItems.attributes(before);
        Map<String, AttributeValue> values = new HashMap<>(Map.of(":none", Item.number(0)));
        old.forEach((name, value) -> values.put(":old" + name, Item.text(value)));
        RoomItems.attributes(after).forEach((name, value) -> values.put(":new" + name, Item.text(value)));
        Map<String, String> names = new HashMap<>(Map.of("#members", RoomItems.MEMBERS));
        old.keySet().forEach(each -> names.put("#" + each, each));
        return List.of(TransactWriteItem.builder()
                .update(update -> update.tableName(table)
                        .key(Item.key(RoomKeys.room(room), RoomKeys.META))
                        .updateExpression("SET " + each(old.keySet(), ":new", ", "))
                        .conditionExpression("#members > :none AND " + each(old.keySet(), ":old", " AND "))
                        .expressionAttributeNames(names)
                        .expressionAttributeValues(values))
                .build());
    }

    private static String each(Set<String> names, String value, String separator) {
        return names.stream()
                .map(each -> "#" + each + " = " + value + each)
                .sorted()
                .collect(Collectors.joining(separator));
    }

    /** Puts the note of a change. */
    TransactWriteItem note(RoomNote note) {
        return TransactWriteItem.builder()
                .put(put -> put.tableName(table).item(RoomItems.note(room, note, System.currentTimeMillis())))
                .build();
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
