package io.webchat.redis.internal.rooms;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.Membership;
import io.webchat.core.rooms.RoomMember;
import io.webchat.core.rooms.RoomRole;
import io.webchat.redis.internal.client.ReplyText;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A member as stored in a room: {@code ticket role time-of-joining added-by}. The entry in the user's list is the same,
 * followed by the {@link RoomTitle}; while a change is under way it is a mark, a ticket alone.
 *
 * @param role the role
 * @param joinedAt the time of joining, Unix milliseconds
 * @param addedBy the user who added the member
 * @param title the title of the room; empty in a room
 */
record MemberRecord(RoomRole role, long joinedAt, UserId addedBy, String title) {
    private static final Map<String, RoomRole> ROLES =
            Map.of("O", RoomRole.OWNER, "M", RoomRole.MEMBER, "R", RoomRole.READER);
    /** Stands for the member. No user has this id. */
    private static final String SELF = "-";
    /** The parts of an entry in a list. The title comes last, because it contains spaces. */
    private static final int PARTS = 5;

    /**
     * Reads the record of this user.
     *
     * @throws ChatException {@code internal} for another form
     */
    static MemberRecord parse(UserId user, String text) {
        String[] parts = text.split(" ", PARTS);
        if (parts.length < PARTS - 1) {
            throw unreadable();
        }
        try {
            return new MemberRecord(
                    role(parts[1]),
                    Long.parseLong(parts[2]),
                    parts[3].equals(SELF) ? user : UserId.of(parts[3]),
                    parts.length == PARTS ? parts[4] : "");
        } catch (NumberFormatException | ChatException e) {
            throw unreadable();
        }
    }

    /** The role as a letter. */
    static String letter(RoomRole role) {
        return role.name().substring(0, 1);
    }

    /** The role of this letter. */
    static RoomRole role(String letter) {
        RoomRole role = ROLES.get(letter);
        if (role == null) {
            throw unreadable();
        }
        return role;
    }

    /** The text behind the role. */
    static String joining(RoomMember member) {
        String by =
                member.addedBy().equals(member.user()) ? SELF : member.addedBy().value();
        return member.joinedAt() + " " + by;
    }

    /** The entry for the user's list, without its ticket; empty for a user who is not a member. See settle.lua. */
    static String entry(String record, String title) {
        return record.isEmpty() ? "" : record.substring(record.indexOf(' ') + 1) + " " + title;
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
        return record.membership(room, record.title);
    }

    private Membership membership(RoomId room, String titleText) {
        RoomTitle parsed = RoomTitle.parse(titleText);
        return new Membership(room, parsed.name(), parsed.picture(), role, joinedAt, addedBy);
    }

    /** The membership that a room tells with its title and a record; empty if the user is not a member. */
    static Optional<Membership> inRoom(UserId user, RoomId room, List<?> titleAndRecord) {
        Object title = titleAndRecord.get(0);
        Object record = titleAndRecord.get(1);
        return title == null || record == null
                ? Optional.empty()
                : Optional.of(parse(user, ReplyText.of(record)).membership(room, ReplyText.of(title)));
    }

    RoomMember member(UserId user) {
        return new RoomMember(user, role, joinedAt, addedBy);
    }

    private static ChatException unreadable() {
        return new ChatException(ErrorCode.INTERNAL, "Redis holds a membership that this version cannot read");
    }
}
