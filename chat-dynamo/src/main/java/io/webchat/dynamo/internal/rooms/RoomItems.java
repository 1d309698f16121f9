package io.webchat.dynamo.internal.rooms;

import io.webchat.core.events.Json;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.Membership;
import io.webchat.core.rooms.Room;
import io.webchat.core.rooms.RoomDetails;
import io.webchat.core.rooms.RoomMember;
import io.webchat.core.rooms.RoomRole;
import io.webchat.core.spi.rooms.RoomNote;
import io.webchat.dynamo.internal.table.Item;
import io.webchat.dynamo.internal.table.TableKeys;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Rooms as items. {@code R#<room>} / {@code META} has the details of a room and counts its members and owners. Each
 * member has two items: {@code R#<room>} / {@code U#<user>}, and {@code U#<user>} / {@code R#<room>}, which also has
 * the room's name and picture. {@code R#<room>} / {@code N#<id>} is the note of a change.
 */
final class RoomItems {
    static final String NAME = "name";
    static final String PICTURE = "picture";
    private static final String DATA = "data";
    private static final String JOIN_ROLE = "join";
    static final String ROLE = "role";
    static final String MEMBERS = "members";
    static final String OWNERS = "owners";

    /** A room that nobody used for so long has no reader left to tell. */
    private static final Duration NOTE_LIFETIME = Duration.ofDays(90);

    private static final String OPEN = "open";
    private static final String CREATED = "created";
    private static final String JOINED = "joined";
    private static final String ADDED_BY = "by";
    private static final String TEXT = "text";
    private static final String AT = "at";

    private RoomItems() {}

    static Map<String, AttributeValue> meta(Room room) {
        Item item = Item.of(RoomKeys.room(room.id()), RoomKeys.META);
        attributes(room.details()).forEach(item::with);
        return item.with(OPEN, room.open() ? 1 : 0)
                .with(CREATED, room.createdAt())
                .with(MEMBERS, room.members().size())
                .with(
                        OWNERS,
                        room.members().stream()
                                .filter(each -> each.role() == RoomRole.OWNER)
                                .count())
                .map();
    }

    /** The attributes of the details by their names. */
    static Map<String, String> attributes(RoomDetails details) {
        return Map.of(
                NAME, details.name(),
                PICTURE, details.picture(),
                DATA, details.data().toString(),
                JOIN_ROLE, details.joinRole().name());
    }

    static Map<String, AttributeValue> member(RoomId room, RoomMember member) {
        return Item.of(RoomKeys.room(room), RoomKeys.member(member.user()))
                .with(ROLE, member.role().name())
                .with(JOINED, member.joinedAt())
                .with(ADDED_BY, member.addedBy().value())
                .map();
    }

    static Map<String, AttributeValue> membership(RoomId room, RoomDetails details, RoomMember member) {
        return Item.of(TableKeys.user(member.user()), RoomKeys.room(room))
                .with(NAME, details.name())
                .with(PICTURE, details.picture())
                .with(ROLE, member.role().name())
                .with(JOINED, member.joinedAt())
                .with(ADDED_BY, member.addedBy().value())
                .map();
    }

    static Room room(RoomId id, Map<String, AttributeValue> meta, List<RoomMember> members) {
        return new Room(id, details(meta), Item.number(meta, OPEN) == 1, Item.number(meta, CREATED), members);
    }

    static RoomDetails details(Map<String, AttributeValue> meta) {
        return new RoomDetails(
                Item.text(meta, NAME),
                Item.text(meta, PICTURE),
                Json.parse(DATA, Item.text(meta, DATA)),
                RoomRole.valueOf(Item.text(meta, JOIN_ROLE)));
    }

    /** The item of a note. Its time keeps the order of the notes. */
    static Map<String, AttributeValue> note(RoomId room, RoomNote note, long at) {
        return Item.of(RoomKeys.room(room), RoomKeys.note(note.id()))
                .with(TEXT, note.text())
                .with(AT, at)
                .with(TableKeys.EXPIRES, at / 1000 + NOTE_LIFETIME.toSeconds())
                .map();
    }

    /** The notes among the items of a room, the oldest first. */
    static List<RoomNote> notes(List<Map<String, AttributeValue>> items) {
        return items.stream()
                .filter(item -> Item.text(item, TableKeys.SK).startsWith(RoomKeys.NOTES))
                .sorted(Comparator.comparingLong(item -> Item.number(item, AT)))
                .map(item -> new RoomNote(
                        Item.text(item, TableKeys.SK).substring(RoomKeys.NOTES.length()), Item.text(item, TEXT)))
                .toList();
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
                Item.text(item, PICTURE),
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
