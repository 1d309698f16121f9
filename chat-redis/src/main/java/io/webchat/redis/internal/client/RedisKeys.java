package io.webchat.redis.internal.client;

import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import java.nio.charset.StandardCharsets;

/**
 * The names of a user's keys and channel: {@code <prefix>:{u:<user>}…}. On a cluster, the text between the braces
 * decides the slot, so all keys of one user are on one server.
 */
public final class RedisKeys {
    /** Begins the hash tags of keys that belong to no user: no user id contains a space. */
    public static final String PROBE = "probe ";

    private final String prefix;

    /** Names that begin with this prefix. */
    public RedisKeys(String prefix) {
        this.prefix = prefix;
    }

    /** The user's channel. */
    public byte[] channel(UserId user) {
        return bytes(base(user));
    }

    /** The user's key with this ending, for instance {@code :q}. */
    public byte[] key(UserId user, String ending) {
        return bytes(base(user) + ending);
    }

    /** The key of a room: {@code <prefix>:{r:<room>}}. */
    public byte[] room(RoomId room) {
        return bytes(prefix + ":{r:" + room.value() + "}");
    }

    /** The key of a value of the application. */
    public byte[] value(String name) {
        return bytes(prefix + ":v:" + name);
    }

    /** A key, or the channel, of a probe. The tag decides the slot. */
    public byte[] probe(String tag, String ending) {
        return bytes(prefix + ":{u:" + PROBE + tag + "}" + ending);
    }

    /** The pattern of all keys and channels. */
    public String pattern() {
        return prefix + ":*";
    }

    private String base(UserId user) {
        return prefix + ":{u:" + user.value() + "}";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
