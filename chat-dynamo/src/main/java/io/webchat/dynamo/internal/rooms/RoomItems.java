package io.webchat.dynamo.internal.rooms;

import io.webchat.core.Membership;
import io.webchat.core.Room;
import io.webchat.core.RoomId;
import io.webchat.core.RoomMember;
import io.webchat.core.RoomRole;
import io.webchat.core.UserId;
import io.webchat.dynamo.internal.table.Item;
import io.webchat.dynamo.internal.table.TableKeys;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Rooms as items. {@code R#<room>} / {@code META} counts the members and owners of a room. Each member has two items:
 * {@code R#<room>} / {@code U#<user>}, and {@code U#<user>} / {@code R#<room>}, which also has the room's name.
 */
final class RoomItems {
    static final String NAME = "name";
    static final String ROLE = "role";
    static final String MEMBERS = "members";
    static final String OWNERS = "owners";

    private static final String OPEN = "open";
    private static final String CREATED = "created";
    private static final String JOINED = "joined";
    private static final String ADDED_BY = "by";

    private RoomItems() {}

    static Map<String, AttributeValue> meta(Room room) {
        return Item.of(RoomKeys.room(room.id()), RoomKeys.META)
                .with(NAME, room.name())
                .with(OPEN, room.open() ? 1 : 0)
                .with(CREATED, room.createdAt())
                .with(MEMBERS, room.members().size())
                .with(
                        OWNERS,
                        room.members().stream()
                                .filter(each -> each.role() == RoomRole.OWNER)
                                .count())
                .map();
    }

    static Map<String, AttributeValue> member(RoomId room, RoomMember member) {
        return Item.of(RoomKeys.room(room), RoomKeys.member(member.user()))
                .with(ROLE, member.role().name())
                .with(JOINED, member.joinedAt())
                .with(ADDED_BY, member.addedBy().value())
                .map();
    }

    static Map<String, AttributeValue> membership(RoomId room, String name, RoomMember member) {
        return Item.of(TableKeys.user(member.user()), RoomKeys.room(room))
                .with(NAME, name)
                .with(ROLE, member.role().name())
                .with(JOINED, member.joinedAt())
                .with(ADDED_BY, member.addedBy().value())
                .map();
    }

    static Room room(RoomId id, Map<String, AttributeValue> meta, List<RoomMember> members) {
        return new Room(id, Item.text(meta, NAME), Item.number(meta, OPEN) == 1, Item.number(meta, CREATED), members);
    }

    static RoomMember member(Map<String, AttributeValue> item) {
        return new RoomMember(
                UserId.of(Item.text(item, TableKeys.SK).substring(RoomKeys.MEMBERS.length())),
                role(item),
                Item.number(item, JOINED),
                UserId.of(Item.text(item, ADDED_BY)));
    }

    static Membership membership(Map<String, AttributeValue> item) {
        return new Membership(
                new RoomId(Item.text(item, TableKeys.SK).substring(RoomKeys.ROOMS.length())),
                Item.text(item, NAME),
                role(item),
                Item.number(item, JOINED),
                UserId.of(Item.text(item, ADDED_BY)));
    }

    static RoomRole role(Map<String, AttributeValue> item) {
        return RoomRole.valueOf(Item.text(item, ROLE));
    }

    /** Whether the counting item agrees with these members. */
    static boolean hasCountsOf(Map<String, AttributeValue> meta, List<RoomMember> members) {
        long owners =
                members.stream().filter(each -> each.role() == RoomRole.OWNER).count();
        return Item.number(meta, MEMBERS) == members.size() && Item.number(meta, OWNERS) == owners;
    }
}
