package io.webchat.redis;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * How many replicas must have what a pipeline wrote. One WAIT ends each pipeline; it costs a round trip between the
 * servers, and nothing where the pipeline only read.
 */
record Replicas(int count, Duration patience) {
    boolean wanted() {
        return count > 0;
    }

    /** Writes the question behind the commands of a pipeline. */
    void ask(Wire wire) {
        if (wanted()) {
            wire.write(new CommandArguments(Command.WAIT).add(count).add(patience.toMillis()));
        }
    }

    /** Reads the answer, after the replies to the pipeline; null if all is well. */
    @Nullable
    JedisDataException missing(Wire wire) {
        if (!wanted()) {
            return null;
        }
        Object reply = wire.read();
        if (reply instanceof JedisDataException refusal) {
            return refusal;
        }
        return reply instanceof Long have && have >= count
                ? null
                : new JedisDataException("NOREPLICAS " + reply + " of " + count + " replicas have it");
    }
}
