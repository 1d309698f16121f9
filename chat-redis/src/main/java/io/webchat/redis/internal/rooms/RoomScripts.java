package io.webchat.redis.internal.rooms;

import io.webchat.core.events.Json;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.Room;
import io.webchat.core.rooms.RoomMember;
import io.webchat.core.rooms.RoomRole;
import io.webchat.core.rooms.RoomUpdate;
import io.webchat.core.spi.rooms.RoomNote;
import io.webchat.core.spi.rooms.RoomStore;
import io.webchat.redis.internal.client.LuaScript;
import io.webchat.redis.internal.client.RedisCommand;
import io.webchat.redis.internal.client.RedisKeys;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol.Command;

/**
 * Makes the commands about rooms and about the lists of users' rooms. The headers of the scripts explain the arguments.
 */
public final class RoomScripts {
    /** Marks a room in a user's list as changing. */
    public static final LuaScript MARK = LuaScript.load(RoomScripts.class, "mark.lua");

    /** Writes the result of a change into a user's list. */
    public static final LuaScript SETTLE = LuaScript.load(RoomScripts.class, "settle.lua");

    /** Creates a room. */
    public static final LuaScript CREATE = LuaScript.load(RoomScripts.class, "create.lua");

    /** Adds a member, or changes a role. */
    public static final LuaScript PUT = LuaScript.load(RoomScripts.class, "put.lua");

    /** Changes a role in a room that takes no further members. */
    public static final LuaScript PUT_ROLE = LuaScript.load(RoomScripts.class, "put-role.lua");

    /** Removes a member. */
    public static final LuaScript REMOVE = LuaScript.load(RoomScripts.class, "remove.lua");

    /** Updates the details of a room. */
    public static final LuaScript UPDATE = LuaScript.load(RoomScripts.class, "update.lua");

    /** Removes the note of a change. */
    public static final LuaScript FORGET_NOTE = LuaScript.load(RoomScripts.class, "forget-note.lua");

    /** Ends a change that was given up. */
    public static final LuaScript RESOLVE = LuaScript.load(RoomScripts.class, "resolve.lua");

    /** Remembers that a user has left. */
    static final LuaScript KEEP_LEFT = LuaScript.load(RoomScripts.class, "keep-left.lua");

    /** All scripts of this package. */
    public static final List<LuaScript> ALL =
            List.of(MARK, SETTLE, CREATE, PUT, PUT_ROLE, REMOVE, UPDATE, FORGET_NOTE, RESOLVE, KEEP_LEFT);

    private static final String LIST_KEY = ":rooms";

    private final RedisKeys keys;

    /** The commands for rooms with these keys. */
    public RoomScripts(RedisKeys keys) {
        this.keys = keys;
    }

    /** First step of a change. The reply is a ticket above {@code floor}. */
    RedisCommand mark(UserId user, RoomId room, long floor) {
        return RedisCommand.of(MARK, listKey(user), text(room.value()), number(floor));
    }

    /** Last step of a change. */
    RedisCommand settle(UserId user, RoomId room, long ticket, String entry) {
        return RedisCommand.of(SETTLE, listKey(user), text(room.value()), number(ticket), text(entry));
    }

    /** Reads the user's list. A script would take ten times as long for a long one. */
    RedisCommand list(UserId user) {
        byte[] key = keys.key(user, LIST_KEY);
        return RedisCommand.of(key, Command.HGETALL, key);
    }

    /** Asks for the clock by which the tickets in the user's list are made. */
    RedisCommand time(UserId user) {
        return RedisCommand.of(keys.key(user, LIST_KEY), Command.TIME);
    }

    /** Reads one entry of the user's list. */
    RedisCommand entry(UserId user, RoomId room) {
        // HMGET, because the reply to an HGET of a missing field is null, which no command may have.
        byte[] key = keys.key(user, LIST_KEY);
        return RedisCommand.of(key, Command.HMGET, key, text(room.value()));
    }

    /** Creates the room; the tickets are in the order of the members. */
    RedisCommand create(Room room, List<Long> tickets, @Nullable RoomNote note) {
        long owners = room.members().stream()
                .filter(each -> each.role() == RoomRole.OWNER)
                .count();
        List<byte[]> arguments = new ArrayList<>(List.of(
                text(RoomTitle.of(room.details()).toString()),
                text(room.details().data().toString()),
                text(MemberRecord.letter(room.details().joinRole())),
                number(room.open() ? 1 : 0),
                number(room.createdAt()),
                number(owners)));
        arguments.addAll(note(note));
        for (int i = 0; i < tickets.size(); i++) {
            RoomMember member = room.members().get(i);
            arguments.add(text(member.user().value()));
            arguments.add(number(tickets.get(i)));
            arguments.add(text(MemberRecord.letter(member.role())));
            arguments.add(text(MemberRecord.joining(member)));
        }
        return RedisCommand.of(CREATE, roomKey(room.id()), arguments.toArray(byte[][]::new));
    }

    RedisCommand put(RoomId room, RoomMember member, long ticket, int maxMembers, @Nullable RoomNote note) {
        List<byte[]> arguments = new ArrayList<>(List.of(
                text(member.user().value()),
                number(ticket),
                text(MemberRecord.letter(member.role())),
                text(MemberRecord.joining(member)),
                number(maxMembers)));
        arguments.addAll(note(note));
        // With a bound of one it adds nobody to a room that has members.
        LuaScript script = maxMembers <= 1 ? PUT_ROLE : PUT;
        return RedisCommand.of(script, roomKey(room), arguments.toArray(byte[][]::new));
    }

    RedisCommand remove(RoomId room, UserId member, long ticket, @Nullable RoomNote note) {
        List<byte[]> arguments = new ArrayList<>(List.of(text(member.value()), number(ticket)));
        arguments.addAll(note(note));
        return RedisCommand.of(REMOVE, roomKey(room), arguments.toArray(byte[][]::new));
    }

    RedisCommand update(RoomId room, RoomUpdate update, @Nullable RoomNote note) {
        String picture = update.picture();
        Json data = update.data();
        RoomRole join = update.joinRole();
        List<byte[]> arguments = new ArrayList<>(List.of(
                text(optional(update.name())),
                text(optional(picture == null ? null : RoomTitle.stored(picture))),
                text(optional(data == null ? null : data.toString())),
                text(optional(join == null ? null : MemberRecord.letter(join)))));
        arguments.addAll(note(note));
        return RedisCommand.of(UPDATE, roomKey(room), arguments.toArray(byte[][]::new));
    }

    private static String optional(@Nullable String value) {
        return value == null ? "" : "=" + value;
    }

    RedisCommand forgetNote(RoomId room, String note) {
        return RedisCommand.of(FORGET_NOTE, roomKey(room), text(note));
    }

    /** The arguments of a note: see notes.lua. */
    private static List<byte[]> note(@Nullable RoomNote note) {
        return note == null
                ? List.of(text(""), text(""), number(0))
                : List.of(text(note.id()), text(note.text()), number(RoomStore.MAX_NOTES));
    }

    RedisCommand resolve(RoomId room, UserId member, long ticket) {
        return RedisCommand.of(RESOLVE, roomKey(room), text(member.value()), number(ticket));
    }

    /** Reads the whole room. */
    RedisCommand load(RoomId room) {
        byte[] key = keys.room(room);
        return RedisCommand.of(key, Command.HGETALL, key);
    }

    /** Reads the room's title and the record of one user. */
    RedisCommand member(RoomId room, UserId user) {
        byte[] key = keys.room(room);
        return RedisCommand.of(key, Command.HMGET, key, text(RoomRecord.TITLE), text(user.value()));
    }

    private byte[][] listKey(UserId user) {
        return new byte[][] {keys.key(user, LIST_KEY)};
    }

    private byte[][] roomKey(RoomId room) {
        return new byte[][] {keys.room(room)};
    }

    private static byte[] number(long number) {
        return text(Long.toString(number));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
