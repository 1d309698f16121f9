package io.webchat.redis.internal.client;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import java.util.List;
import redis.clients.jedis.exceptions.JedisDataException;

/** The meaning of Redis's error replies. The first word of an error reply is its kind. */
public final class ErrorReplies {
    /** The command had no effect; over a new connection it may succeed. */
    private static final List<String> TEMPORARY = List.of("NOSCRIPT", "LOADING", "READONLY", "MASTERDOWN");

    /** The command had no effect, and the operator of the server must act. */
    private static final List<String> UNAVAILABLE = List.of(
            "NOREPLICAS",
            "MISCONF",
            "BUSY",
            "CLUSTERDOWN",
            "TRYAGAIN",
            "NOAUTH",
            "WRONGPASS",
            "NOPERM",
            "MOVED",
            "ASK");

    private ErrorReplies() {}

    static boolean isTemporary(JedisDataException refusal) {
        return TEMPORARY.contains(kind(refusal));
    }

    /** The failure for the caller of the command. */
    public static ChatException toChatException(JedisDataException refusal) {
        String kind = kind(refusal);
        if (kind.equals("OOM")) {
            return new ChatException(ErrorCode.QUEUE_FULL, "Redis has no memory left for queues", refusal);
        }
        ErrorCode code = UNAVAILABLE.contains(kind) ? ErrorCode.UNAVAILABLE : ErrorCode.INTERNAL;
        return new ChatException(code, "Redis refused the command", refusal);
    }

    static String kind(JedisDataException refusal) {
        String message = String.valueOf(refusal.getMessage());
        int end = message.indexOf(' ');
        return end < 0 ? message : message.substring(0, end);
    }
}
