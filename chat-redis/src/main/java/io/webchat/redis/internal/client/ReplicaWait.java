package io.webchat.redis.internal.client;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * How many replicas must have what a pipeline wrote. One WAIT ends each pipeline; it costs a round trip between the
 * servers, and nothing where the pipeline only read.
 */
record ReplicaWait(int count, Duration patience) {
    /** Too few replicas, or a user who may not ask: another connection would hear the same. */
    private static final List<String> LASTING = List.of("NOREPLICAS", "NOPERM");

    boolean wanted() {
        return count > 0;
    }

    /** Writes the question behind the commands of a pipeline. */
    void ask(ServerConnection wire) {
        if (wanted()) {
            wire.write(new CommandArguments(Command.WAIT).add(count).add(patience.toMillis()));
        }
    }

    /** Reads the answer, after the replies to the pipeline; null if all is well. */
    @Nullable
    JedisDataException missing(ServerConnection wire) {
        Object reply = wire.read();
        if (reply instanceof JedisDataException refusal) {
            return refusal;
        }
        return reply instanceof Long have && have >= count
                ? null
                : new JedisDataException("NOREPLICAS " + reply + " of " + count + " replicas have it");
    }

    /** Whether this answer is that of a server that is a replica itself, or has become one meanwhile. */
    static boolean isDemoted(JedisDataException answer) {
        return !LASTING.contains(ErrorReplies.kind(answer));
    }
}
