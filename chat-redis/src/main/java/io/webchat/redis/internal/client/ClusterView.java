package io.webchat.redis.internal.client;

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
 * What one node of a cluster says about all of it.
 *
 * @param ok whether the node is in touch with the majority and every slot is served: what a node says that was cut off
 *     from the others, or while a failed master has no successor yet, is out of date
 */
record ClusterView(boolean ok, List<Range> ranges) {
    /** Slots in a row, and their owner. */
    record Range(int first, int last, HostAndPort owner) {}

    /**
     * Asks a node.
     *
     * @throws redis.clients.jedis.exceptions.JedisException when there is no answer, or a refusal
     */
    static ClusterView of(ServerConnection wire) {
        wire.write(new CommandArguments(Command.CLUSTER).add(ClusterKeyword.INFO));
        wire.write(new CommandArguments(Command.CLUSTER).add(ClusterKeyword.SLOTS));
        wire.flush();
        Object info = wire.read();
        Object slots = wire.read();
        if (info instanceof JedisDataException refusal) {
            throw refusal;
        }
        return new ClusterView(text(info).contains("cluster_state:ok"), ranges(slots, wire.server()));
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

    /** Where a cluster prefers host names and a node has none, its address is among the further facts. */
    private static String ip(List<?> facts) {
        for (int i = 0; i + 1 < facts.size(); i += 2) {
            if (text(facts.get(i)).equals("ip")) {
                return text(facts.get(i + 1));
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

    /** The text of a bulk string; a null is an empty one. */
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
                : new JedisDataException("an answer about the cluster that is none");
    }
}
