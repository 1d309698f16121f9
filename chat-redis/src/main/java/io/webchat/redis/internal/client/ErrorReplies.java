package io.webchat.redis.internal.client;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import java.util.List;
import redis.clients.jedis.exceptions.JedisDataException;

/** What the error replies of Redis mean here; their first word is their kind. */
public final class ErrorReplies {
    /** Nothing was done, and a connection made anew may be better off. */
    private static final List<String> TEMPORARY = List.of("NOSCRIPT", "LOADING", "READONLY", "MASTERDOWN");

    /** Nothing was done, and who runs the server has to look after it. */
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

    static boolean temporary(JedisDataException refusal) {
        return TEMPORARY.contains(kind(refusal));
    }

    /** The failure that a caller gets for this error reply. */
    public static ChatException translated(JedisDataException refusal) {
        String kind = kind(refusal);
        if (kind.equals("OOM")) {
            return new ChatException(ErrorCode.QUEUE_FULL, "the queue's server has no memory left", refusal);
        }
        ErrorCode code = UNAVAILABLE.contains(kind) ? ErrorCode.UNAVAILABLE : ErrorCode.INTERNAL;
        return new ChatException(code, "the queue's server refused", refusal);
    }

    static String kind(JedisDataException refusal) {
        String message = String.valueOf(refusal.getMessage());
        int end = message.indexOf(' ');
        return end < 0 ? message : message.substring(0, end);
    }
}
