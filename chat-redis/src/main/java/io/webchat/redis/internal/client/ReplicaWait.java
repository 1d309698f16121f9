package io.webchat.redis.internal.client;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Waits until replicas have the writes of a pipeline. One WAIT command ends each pipeline. It costs one round trip
 * between the servers, and nothing if the pipeline only read.
 *
 * @param count the number of replicas; 0 turns the wait off
 * @param timeout the longest wait
 */
record ReplicaWait(int count, Duration timeout) {
    /** Too few replicas, or a missing permission. A new connection would get the same reply. */
    private static final List<String> LASTING = List.of("NOREPLICAS", "NOPERM");

    boolean wanted() {
        return count > 0;
    }

    /** Writes the WAIT command behind the commands of a pipeline. */
    void write(ServerConnection connection) {
        if (wanted()) {
            connection.write(new CommandArguments(Command.WAIT).add(count).add(timeout.toMillis()));
        }
    }

    /** Reads the reply to WAIT, after the replies to the pipeline. Null if enough replicas have the writes. */
    @Nullable
    JedisDataException readShortage(ServerConnection connection) {
        Object reply = connection.read();
        if (reply instanceof JedisDataException refusal) {
            return refusal;
        }
        return reply instanceof Long have && have >= count
                ? null
                : new JedisDataException("NOREPLICAS " + reply + " of " + count + " replicas have the write");
    }

    /** Whether the reply to WAIT comes from a replica, or from a master that has become a replica. */
    static boolean isDemoted(JedisDataException reply) {
        return !LASTING.contains(ErrorReplies.kind(reply));
    }
}
