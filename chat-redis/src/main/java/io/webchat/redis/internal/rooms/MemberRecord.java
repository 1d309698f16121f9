package io.webchat.redis.internal.rooms;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.Membership;
import io.webchat.core.RoomId;
import io.webchat.core.RoomMember;
import io.webchat.core.RoomRole;
import io.webchat.core.UserId;
import io.webchat.redis.internal.client.ReplyText;
import java.util.List;
import java.util.Optional;

/**
 * A member as stored in a room: {@code ticket role time-of-joining:added-by}. The entry in the user's list is the same, followed
 * by the name of the room; while a change is under way it is a mark, a ticket alone.
 *
 * @param role the role
 * @param joinedAt the time of joining, Unix milliseconds
 * @param addedBy the user who added the member
 * @param roomName the name of the room; empty in a room
 */
record MemberRecord(RoomRole role, long joinedAt, UserId addedBy, String roomName) {
    private static final String OWNER = "O";
    private static final String MEMBER = "M";
    /** The parts of an entry in a list. The name comes last, because it may contain spaces. */
    private static final int PARTS = 4;

    /**
     * Reads a record.
     *
     * @throws ChatException {@code internal} for another form
     */
    static MemberRecord parse(String text) {
        String[] parts = text.split(" ", PARTS);
        if (parts.length < PARTS - 1 || !(parts[1].equals(OWNER) || parts[1].equals(MEMBER))) {
            throw unreadable();
        }
        int colon = parts[2].indexOf(':');
        if (colon < 0) {
            throw unreadable();
        }
        try {
            return new MemberRecord(
                    parts[1].equals(OWNER) ? RoomRole.OWNER : RoomRole.MEMBER,
                    Long.parseLong(parts[2].substring(0, colon)),
                    UserId.of(parts[2].substring(colon + 1)),
                    parts.length == PARTS ? parts[3] : "");
        } catch (NumberFormatException e) {
            throw unreadable();
        }
    }

    /** The role as a letter. */
    static String role(RoomMember member) {
        return member.role() == RoomRole.OWNER ? OWNER : MEMBER;
    }

    /** The text behind the role. */
    static String joining(RoomMember member) {
        return member.joinedAt() + ":" + member.addedBy().value();
    }

    /** The entry for the user's list, without its ticket; empty for a user who is not a member. See settle.lua. */
    static String entry(String record, String roomName) {
        return record.isEmpty() ? "" : record.substring(record.indexOf(' ') + 1) + " " + roomName;
    }

    /** Whether an entry of a list is a mark. */
    static boolean isMark(String entry) {
        return entry.indexOf(' ') < 0;
    }

    /** The ticket that is a mark. */
    static long ticket(String mark) {
        try {
            return Long.parseLong(mark);
        } catch (NumberFormatException e) {
            throw unreadable();
        }
    }

    /** The membership in an entry of a list that is no mark. */
    static Membership listed(RoomId room, String entry) {
        MemberRecord record = parse(entry);
        return new Membership(room, record.roomName, record.role, record.joinedAt, record.addedBy);
    }

    /** The membership that a room tells with its name and a record; empty if the user is not a member. */
    static Optional<Membership> inRoom(RoomId room, List<?> nameAndRecord) {
        Object name = nameAndRecord.get(0);
        Object record = nameAndRecord.get(1);
        if (name == null || record == null) {
            return Optional.empty();
        }
        MemberRecord parsed = parse(ReplyText.of(record));
        return Optional.of(new Membership(room, ReplyText.of(name), parsed.role, parsed.joinedAt, parsed.addedBy));
    }

    RoomMember member(UserId user) {
        return new RoomMember(user, role, joinedAt, addedBy);
    }

    private static ChatException unreadable() {
        return new ChatException(ErrorCode.INTERNAL, "Redis holds a membership that this version cannot read");
    }
}
