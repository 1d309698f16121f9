package io.webchat.redis.internal.client;

import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/**
 * Why a call was not carried out and has to go out once more.
 *
 * @param target where to, if a server said so
 */
public record Redirect(Kind kind, @Nullable HostAndPort target) {
    /** The reasons. */
    public enum Kind {
        /** The slot has another owner, for good. */
        MOVED,
        /** The slot is on its way, and this call's key has gone ahead. */
        ASK,
        /** The slot is on its way, and of this call's keys some are here, some there or nowhere. */
        TRY_AGAIN,
        /** The cluster, or the part of it that was asked, does not serve now. */
        DOWN,
        /** The connection was given up before the call was answered. */
        RETURNED
    }

    static final Redirect RETURNED = new Redirect(Kind.RETURNED, null);

    /** What servers say for a host that is not configured: the one that was asked. */
    private static final List<String> SAME_HOST = List.of("", "?");

    /** The redirect that a reply of {@code from} is; null if it is none. */
    public static @Nullable Redirect in(@Nullable Object reply, HostAndPort from) {
        if (!(reply instanceof JedisDataException refusal)) {
            return null;
        }
        return switch (ErrorReplies.kind(refusal)) {
            case "MOVED" -> new Redirect(Kind.MOVED, target(refusal, from));
            case "ASK" -> new Redirect(Kind.ASK, target(refusal, from));
            case "TRYAGAIN" -> new Redirect(Kind.TRY_AGAIN, null);
            case "CLUSTERDOWN" -> new Redirect(Kind.DOWN, null);
            default -> null;
        };
    }

    private static @Nullable HostAndPort target(JedisDataException refusal, HostAndPort from) {
        if (refusal instanceof JedisRedirectionException redirection) {
            HostAndPort told = redirection.getTargetNode();
            return address(told.getHost(), told.getPort(), from);
        }
        return null;
    }

    /** The address that {@code from} means by this host and port. */
    static HostAndPort address(@Nullable String host, int port, HostAndPort from) {
        return new HostAndPort(host == null || SAME_HOST.contains(host) ? from.getHost() : host, port);
    }
}
