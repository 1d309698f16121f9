package io.webchat.redis.internal.client;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Sends a batch of commands as one pipeline, and matches the replies to the commands. Redis replies in the order of the
 * commands, so each reply belongs to the oldest command of the batch. Used by one thread.
 */
final class ReplyMatcher {
    private static final CommandArguments ASKING = new CommandArguments(Command.ASKING);

    private final Deque<RedisCommand> batch;
    private final ReplyBuffer replies;
    private final ReplicaWait replicas;
    private final Stopwatch exchange = new Stopwatch();

    /**
     * A matcher for one connection.
     *
     * @param batch the commands without a reply, in order; the matcher removes each when it has read the reply
     * @param replies takes the replies
     */
    ReplyMatcher(Deque<RedisCommand> batch, ReplyBuffer replies, ReplicaWait replicas) {
        this.batch = batch;
        this.replies = replies;
        this.replicas = replicas;
    }

    /** Runs while the server is expected to read or to reply. Stop it when the connection is lost. */
    Stopwatch stopwatch() {
        return exchange;
    }

    /**
     * Sends the batch and reads its replies. Meanwhile, the replies of the batch before are delivered.
     *
     * @throws JedisConnectionException if some commands must be sent again over a new connection; the batch holds them
     */
    void exchange(ServerConnection connection) {
        exchange.start();
        for (RedisCommand each : batch) {
            if (each.asking()) {
                connection.write(ASKING);
            }
            connection.write(each.arguments(connection.identity()));
        }
        replicas.write(connection);
        connection.flush();
        deliverMeanwhile();
        JedisDataException unfit = replicas.wanted() ? readWithReplicas(connection) : read(connection);
        exchange.stop();
        if (unfit != null) {
            // A new connection may lead to another server, and loads the scripts again.
            throw new JedisConnectionException(
                    "Redis at " + connection.server() + " is not fit now: " + unfit.getMessage(), unfit);
        }
    }

    /** Delivers replies during an exchange. The time of callbacks does not count as the server's time. */
    private void deliverMeanwhile() {
        exchange.stop();
        replies.deliver();
        exchange.start();
    }

    /** Reads the replies to the batch. Commands that must be sent again stay there; returns the reason. */
    private @Nullable JedisDataException read(ServerConnection connection) {
        Deque<RedisCommand> again = new ArrayDeque<>();
        JedisDataException unfit = null;
        try {
            while (!batch.isEmpty()) {
                Object reply = read(connection, batch.element());
                RedisCommand command = batch.remove();
                if (reply instanceof JedisDataException refusal && ErrorReplies.isTemporary(refusal)) {
                    again.push(command);
                    unfit = refusal;
                } else {
                    replies.add(command, reply);
                }
                // No other thread sees the commands in "again": if a callback blocked now, they would miss their
                // timeout.
                if (replies.isLarge() && unfit == null && !replicas.wanted()) {
                    deliverMeanwhile();
                }
            }
        } finally {
            again.forEach(batch::addFirst);
        }
        return unfit;
    }

    private static @Nullable Object read(ServerConnection connection, RedisCommand command) {
        if (command.asking()) {
            connection.read();
        }
        return connection.read();
    }

    /** As {@link #read(ServerConnection)}. Only a refusal counts before the replicas confirmed the writes. */
    private @Nullable JedisDataException readWithReplicas(ServerConnection connection) {
        List<RedisCommand> sent = List.copyOf(batch);
        boolean known = false;
        try {
            JedisDataException unfit = read(connection);
            JedisDataException shortage = replicas.readShortage(connection);
            boolean demoted = shortage != null && ReplicaWait.isDemoted(shortage);
            if (shortage != null && !demoted) {
                replies.refuseAll(shortage);
            }
            // A redirect to the new master is a final reply; otherwise a demoted master would be asked for ever.
            known = !demoted || replies.hasOnlyRefusals();
            return demoted ? shortage : unfit;
        } finally {
            if (!known) {
                // The replicas may or may not have the writes, so no command of this batch has a reply.
                replies.clear();
                batch.clear();
                batch.addAll(sent);
            }
        }
    }
}
