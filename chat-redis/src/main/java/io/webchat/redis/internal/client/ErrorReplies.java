package io.webchat.redis.internal.client;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import java.util.List;
import java.util.Set;
import redis.clients.jedis.exceptions.JedisDataException;

/** The meaning of Redis's error replies. The first word of an error reply is its kind. */
public final class ErrorReplies {
    /** The ACL user lacks a right. */
    private static final String NO_RIGHT = "NOPERM";

    /** A right is missing inside a script. Redis then says so in a sentence of the kind ERR, before and since 7.2. */
    private static final List<String> NO_RIGHT_IN_SCRIPT =
            List.of("ERR The user executing the script can't ", "ERR ACL failure in script");

    private static final String TOO_MANY_CLIENTS = "ERR max number of clients";

    /** The command had no effect; over a new connection it may succeed. */
    private static final Set<String> TEMPORARY = Set.of("NOSCRIPT", "LOADING", "READONLY", "MASTERDOWN");

    /** The command had no effect. The operator of the server must act, or the server is busy for a while. */
    private static final Set<String> UNAVAILABLE = Set.of(
            NO_RIGHT,
            "NOREPLICAS",
            "MISCONF",
            "BUSY",
            "CLUSTERDOWN",
            "TRYAGAIN",
            "NOAUTH",
            "WRONGPASS",
            "DENIED",
            "UNBLOCKED",
            // Of the queue's own scripts: another node runs a newer version.
            "NEWER",
            "MOVED",
            "ASK");

    private ErrorReplies() {}

    static boolean isTemporary(JedisDataException refusal) {
        return TEMPORARY.contains(kind(refusal));
    }

    /** Whether the ACL user lacks a right to a command, a key or a channel. */
    public static boolean lacksRight(JedisDataException refusal) {
        return kind(refusal).equals(NO_RIGHT);
    }

    /** Whether the server cannot write to its disk. It then refuses PING too, although the connection works. */
    public static boolean isDiskError(JedisDataException refusal) {
        return kind(refusal).equals("MISCONF");
    }

    /** The failure for the caller of the command. */
    public static ChatException toChatException(JedisDataException refusal) {
        if (kind(refusal).equals("OOM")) {
            return new ChatException(ErrorCode.QUEUE_FULL, "Redis has no memory left for queues", refusal);
        }
        return new ChatException(code(refusal), "Redis refused the command", refusal);
    }

    private static ErrorCode code(JedisDataException refusal) {
        boolean unavailable = UNAVAILABLE.contains(kind(refusal))
                || isTemporary(refusal)
                || text(refusal).startsWith(TOO_MANY_CLIENTS);
        return unavailable ? ErrorCode.UNAVAILABLE : ErrorCode.INTERNAL;
    }

    public static String kind(JedisDataException refusal) {
        String message = text(refusal);
        if (NO_RIGHT_IN_SCRIPT.stream().anyMatch(message::startsWith)) {
            return NO_RIGHT;
        }
        int end = message.indexOf(' ');
        return end < 0 ? message : message.substring(0, end);
    }

    private static String text(JedisDataException refusal) {
        return String.valueOf(refusal.getMessage());
    }
}
