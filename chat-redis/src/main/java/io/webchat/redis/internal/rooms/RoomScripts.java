package io.webchat.redis.internal.rooms;

import io.webchat.core.Room;
import io.webchat.core.RoomId;
import io.webchat.core.RoomMember;
import io.webchat.core.RoomRole;
import io.webchat.core.UserId;
import io.webchat.redis.internal.client.LuaScript;
import io.webchat.redis.internal.client.RedisCommand;
import io.webchat.redis.internal.client.RedisKeys;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
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

    /** Removes a member. */
    public static final LuaScript REMOVE = LuaScript.load(RoomScripts.class, "remove.lua");

    /** Renames a room. */
    public static final LuaScript RENAME = LuaScript.load(RoomScripts.class, "rename.lua");

    /** Ends a change that was given up. */
    public static final LuaScript RESOLVE = LuaScript.load(RoomScripts.class, "resolve.lua");

    /** All scripts of this package. */
    public static final List<LuaScript> ALL = List.of(MARK, SETTLE, CREATE, PUT, REMOVE, RENAME, RESOLVE);

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
    RedisCommand create(Room room, List<Long> tickets) {
        long owners = room.members().stream()
                .filter(each -> each.role() == RoomRole.OWNER)
                .count();
        List<byte[]> arguments = new ArrayList<>(
                List.of(text(room.name()), number(room.open() ? 1 : 0), number(room.createdAt()), number(owners)));
        for (int i = 0; i < tickets.size(); i++) {
            RoomMember member = room.members().get(i);
            arguments.add(text(member.user().value()));
            arguments.add(number(tickets.get(i)));
            arguments.add(text(MemberRecord.role(member)));
            arguments.add(text(MemberRecord.joining(member)));
        }
        return RedisCommand.of(CREATE, roomKey(room.id()), arguments.toArray(byte[][]::new));
    }

    RedisCommand put(RoomId room, RoomMember member, long ticket, int maxMembers) {
        return RedisCommand.of(
                PUT,
                roomKey(room),
                text(member.user().value()),
                number(ticket),
                text(MemberRecord.role(member)),
                text(MemberRecord.joining(member)),
                number(maxMembers));
    }

    RedisCommand remove(RoomId room, UserId member, long ticket) {
        return RedisCommand.of(REMOVE, roomKey(room), text(member.value()), number(ticket));
    }

    RedisCommand rename(RoomId room, String name) {
        return RedisCommand.of(RENAME, roomKey(room), text(name));
    }

    RedisCommand resolve(RoomId room, UserId member, long ticket) {
        return RedisCommand.of(RESOLVE, roomKey(room), text(member.value()), number(ticket));
    }

    /** Reads the whole room. */
    RedisCommand find(RoomId room) {
        byte[] key = keys.room(room);
        return RedisCommand.of(key, Command.HGETALL, key);
    }

    /** Reads the room's name and the record of one user. */
    RedisCommand member(RoomId room, UserId user) {
        byte[] key = keys.room(room);
        return RedisCommand.of(key, Command.HMGET, key, text(RoomRecord.NAME), text(user.value()));
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
