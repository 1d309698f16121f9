package io.webchat.redis.internal.client.cluster;

import io.webchat.redis.internal.client.ErrorReplies;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/**
 * The reason why a command was not executed and must be sent again.
 *
 * @param target the server for the next attempt, if a server named one
 */
public record Redirect(Kind kind, @Nullable HostAndPort target) {
    /** The reasons. */
    public enum Kind {
        /** Another server owns the slot. */
        MOVED,
        /** The slot is migrating, and the key of this command is at the new owner already. */
        ASK,
        /** The slot is migrating, and the keys of this command are not all on one server. */
        TRY_AGAIN,
        /** The cluster, or the part with this server, is down. */
        DOWN,
        /** The connection was retired before the reply. */
        RETURNED
    }

    static final Redirect RETURNED = new Redirect(Kind.RETURNED, null);

    /** The host names with which a server means itself. */
    private static final List<String> SAME_HOST = List.of("", "?");

    /** The redirect in a reply of {@code from}; null for any other reply. */
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
            HostAndPort target = redirection.getTargetNode();
            return address(target.getHost(), target.getPort(), from);
        }
        return null;
    }

    /** The address that {@code from} means by this host and port. */
    static HostAndPort address(@Nullable String host, int port, HostAndPort from) {
        return new HostAndPort(host == null || SAME_HOST.contains(host) ? from.getHost() : host, port);
    }
}
