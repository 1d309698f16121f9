package io.webchat.redis.internal.client.cluster;

import io.webchat.redis.internal.client.ServerConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.ClusterKeyword;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * One node's view of its cluster.
 *
 * @param ok whether the node reaches the majority and every slot has an owner. Otherwise the view is out of date: the
 *     node is cut off, or a failed master has no successor yet
 * @param ranges the owners of all slots
 */
record ClusterView(boolean ok, List<Range> ranges) {
    /** Consecutive slots and their owner. */
    record Range(int first, int last, HostAndPort owner) {}

    /**
     * Asks a node.
     *
     * @throws redis.clients.jedis.exceptions.JedisException if there is no reply, or an error reply
     */
    static ClusterView of(ServerConnection connection) {
        connection.write(new CommandArguments(Command.CLUSTER).add(ClusterKeyword.INFO));
        connection.write(new CommandArguments(Command.CLUSTER).add(ClusterKeyword.SLOTS));
        connection.flush();
        Object info = connection.read();
        Object slots = connection.read();
        if (info instanceof JedisDataException refusal) {
            throw refusal;
        }
        return new ClusterView(text(info).contains("cluster_state:ok"), ranges(slots, connection.server()));
    }

    private static List<Range> ranges(@Nullable Object slots, HostAndPort from) {
        List<Range> ranges = new ArrayList<>();
        for (Object each : list(slots)) {
            List<?> range = list(each);
            ranges.add(new Range(number(range.get(0)), number(range.get(1)), owner(list(range.get(2)), from)));
        }
        return ranges;
    }

    private static HostAndPort owner(List<?> node, HostAndPort from) {
        String host = text(node.get(0));
        if (host.equals("?") && node.size() > 3) {
            host = ip(list(node.get(3)));
        }
        return Redirect.address(host, number(node.get(1)), from);
    }

    /** If a cluster prefers host names and a node has none, the metadata of the node contains its address. */
    private static String ip(List<?> metadata) {
        for (int i = 0; i + 1 < metadata.size(); i += 2) {
            if (text(metadata.get(i)).equals("ip")) {
                return text(metadata.get(i + 1));
            }
        }
        return "?";
    }

    private static List<?> list(@Nullable Object reply) {
        if (reply instanceof List<?> list) {
            return list;
        }
        throw unexpected(reply);
    }

    private static int number(@Nullable Object reply) {
        if (reply instanceof Long number) {
            return Math.toIntExact(number);
        }
        throw unexpected(reply);
    }

    /** The text of a bulk string; the empty text for null. */
    private static String text(@Nullable Object reply) {
        if (reply == null) {
            return "";
        }
        if (reply instanceof byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        throw unexpected(reply);
    }

    private static JedisDataException unexpected(@Nullable Object reply) {
        return reply instanceof JedisDataException refusal
                ? refusal
                : new JedisDataException("ERR unexpected reply to CLUSTER SLOTS");
    }
}
