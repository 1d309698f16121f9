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
 * A member as stored in a room: {@code ticket role time-of-joining added-by}. The entry in the user's list is the same,
 * followed by the name of the room; while a change is under way it is a mark, a ticket alone.
 *
 * @param role the role
 * @param joinedAt the time of joining, Unix milliseconds
 * @param addedBy the user who added the member
 * @param roomName the name of the room; empty in a room
 */
record MemberRecord(RoomRole role, long joinedAt, UserId addedBy, String roomName) {
    private static final String OWNER = "O";
    private static final String MEMBER = "M";
    /** Stands for the member. No user has this id. */
    private static final String SELF = "-";
    /** The parts of an entry in a list. The name comes last, because it may contain spaces. */
    private static final int PARTS = 5;

    /**
     * Reads the record of this user.
     *
     * @throws ChatException {@code internal} for another form
     */
    static MemberRecord parse(UserId user, String text) {
        String[] parts = text.split(" ", PARTS);
        if (parts.length < PARTS - 1 || !(parts[1].equals(OWNER) || parts[1].equals(MEMBER))) {
            throw unreadable();
        }
        try {
            return new MemberRecord(
                    parts[1].equals(OWNER) ? RoomRole.OWNER : RoomRole.MEMBER,
                    Long.parseLong(parts[2]),
                    parts[3].equals(SELF) ? user : UserId.of(parts[3]),
                    parts.length == PARTS ? parts[4] : "");
        } catch (NumberFormatException | ChatException e) {
            throw unreadable();
        }
    }

    /** The role as a letter. */
    static String role(RoomMember member) {
        return member.role() == RoomRole.OWNER ? OWNER : MEMBER;
    }

    /** The text behind the role. */
    static String joining(RoomMember member) {
        String by =
                member.addedBy().equals(member.user()) ? SELF : member.addedBy().value();
        return member.joinedAt() + " " + by;
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
    static Membership listed(UserId user, RoomId room, String entry) {
        MemberRecord record = parse(user, entry);
        return new Membership(room, record.roomName, record.role, record.joinedAt, record.addedBy);
    }

    /** The membership that a room tells with its name and a record; empty if the user is not a member. */
    static Optional<Membership> inRoom(UserId user, RoomId room, List<?> nameAndRecord) {
        Object name = nameAndRecord.get(0);
        Object record = nameAndRecord.get(1);
        if (name == null || record == null) {
            return Optional.empty();
        }
        MemberRecord parsed = parse(user, ReplyText.of(record));
        return Optional.of(new Membership(room, ReplyText.of(name), parsed.role, parsed.joinedAt, parsed.addedBy));
    }

    RoomMember member(UserId user) {
        return new RoomMember(user, role, joinedAt, addedBy);
    }

    private static ChatException unreadable() {
        return new ChatException(ErrorCode.INTERNAL, "Redis holds a membership that this version cannot read");
    }
}
