package io.webchat.redis.internal.rooms;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.events.Json;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.Room;
import io.webchat.core.rooms.RoomDetails;
import io.webchat.core.rooms.RoomMember;
import io.webchat.core.spi.rooms.RoomNote;
import io.webchat.core.spi.rooms.RoomSnapshot;
import io.webchat.redis.internal.client.ReplyText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a room from the HASH that shared.lua describes. */
final class RoomRecord {
    static final String TITLE = ":title";

    private static final String DATA = ":data";
    private static final String JOIN = ":join";
    private static final String NOTES = ":notes";
    private static final String OPEN = ":open";
    private static final String CREATED = ":created";
    private static final char FIELD = ':';

    private RoomRecord() {}

    /** The room in a reply to HGETALL; empty if there is none, or if it has ended. */
    static Optional<RoomSnapshot> parse(RoomId id, List<?> reply) {
        Map<String, String> fields = new HashMap<>();
        List<RoomMember> members = new ArrayList<>();
        for (int i = 0; i < reply.size(); i += 2) {
            String field = ReplyText.of(reply.get(i));
            String value = ReplyText.of(reply.get(i + 1));
            if (field.charAt(0) == FIELD) {
                fields.put(field, value);
            } else {
                members.add(member(UserId.of(field), value));
            }
        }
        String title = fields.get(TITLE);
        if (title == null) {
            return Optional.empty();
        }
        members.sort(Comparator.comparing(RoomMember::user));
        Room room = new Room(id, details(title, fields), "1".equals(fields.get(OPEN)), created(fields), members);
        return Optional.of(new RoomSnapshot(room, notes(fields.getOrDefault(NOTES, ""))));
    }

    private static RoomDetails details(String titleText, Map<String, String> fields) {
        RoomTitle title = RoomTitle.parse(titleText);
        Json data = Json.parse(DATA, fields.getOrDefault(DATA, ""));
        return new RoomDetails(title.name(), title.picture(), data, MemberRecord.role(fields.getOrDefault(JOIN, "")));
    }

    /** The notes in their text: see notes.lua. */
    private static List<RoomNote> notes(String lines) {
        return lines.lines()
                .map(each -> new RoomNote(
                        each.substring(0, Math.max(each.indexOf(' '), 0)), each.substring(each.indexOf(' ') + 1)))
                .toList();
    }

    private static RoomMember member(UserId user, String record) {
        return MemberRecord.parse(user, record).member(user);
    }

    private static long created(Map<String, String> fields) {
        try {
            return Long.parseLong(fields.getOrDefault(CREATED, ""));
        } catch (NumberFormatException e) {
            throw new ChatException(ErrorCode.INTERNAL, "Redis holds a room that this version cannot read", e);
        }
    }
}
