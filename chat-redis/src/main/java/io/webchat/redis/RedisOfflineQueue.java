package io.webchat.redis;

import io.webchat.core.ChatEvent;
import io.webchat.core.ChatException;
import io.webchat.core.DeviceId;
import io.webchat.core.Envelope;
import io.webchat.core.ErrorCode;
import io.webchat.core.EventCodec;
import io.webchat.core.EventKind;
import io.webchat.core.UserId;
import io.webchat.core.spi.Appended;
import io.webchat.core.spi.Attachment;
import io.webchat.core.spi.ChatRouter;
import io.webchat.core.spi.PublishingQueue;
import io.webchat.core.spi.QueueLimits;
import io.webchat.core.spi.QueueRemoval;
import io.webchat.core.spi.QueueSlice;
import io.webchat.redis.internal.client.CommandClient;
import io.webchat.redis.internal.client.LogThrottle;
import io.webchat.redis.internal.client.RedisCommand;
import io.webchat.redis.internal.client.RedisKeys;
import io.webchat.redis.internal.pubsub.PubSubMode;
import io.webchat.redis.internal.queue.QueueScripts;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Protocol.Command;

/**
 * Offline queues in Redis: one LIST per user, and one Lua script per step, so each step is atomic for all nodes. All
 * keys of a user are in one slot. They expire when they have not been used for longer than the longest retention time.
 * All times are those of the Redis server.
 *
 * <p>Stages complete on the thread of a connection, which also serves other users, so do not block it. They fail with
 * {@code unavailable} if there is no reply in time. The step may have taken effect, and it is safe to repeat it. If the
 * connection was lost before the reply, the step was already repeated, so an append may report its own event as a
 * duplicate. An append fails with {@code queue_full} if the server has no memory left. The other scripts still work,
 * and some of them free memory.
 *
 * <p>The configuration of the server decides how much survives its death. A server may come back with an older state of
 * a queue, for example a replica that was behind. It then assigns the lost Seqs again. A server that comes back empty
 * does not.
 *
 * <p>Safe for use by many threads.
 */
public final class RedisOfflineQueue implements PublishingQueue, QueueRemoval {
    private static final Logger log = LoggerFactory.getLogger(RedisOfflineQueue.class);

    private final RedisConnections connections;
    private final RedisKeys keys;
    private final CommandClient commands;
    private final QueueScripts scripts;
    private final LogThrottle logThrottle = new LogThrottle();

    /** Queues with the default limits. The caller closes the connections. */
    public RedisOfflineQueue(RedisConnections connections) {
        this(connections, QueueLimits.DEFAULT);
    }

    /** Queues with these limits, which should be the same on all nodes. */
    public RedisOfflineQueue(RedisConnections connections, QueueLimits limits) {
        this(connections, connections.keys(), limits, () -> 0);
    }

    /** With other keys, and with a clock that is ahead of the server's by this number of microseconds. */
    RedisOfflineQueue(RedisConnections connections, RedisKeys keys, QueueLimits limits, LongSupplier skew) {
        this.connections = connections;
        this.keys = keys;
        this.commands = connections.commands();
        this.scripts = new QueueScripts(keys, limits, skew, connections.config().replicas() > 0);
    }

    @Override
    public CompletionStage<Attachment> attach(UserId user, DeviceId device, long after) {
        return send(scripts.attach(user, device, after))
                .thenApply(reply -> new Attachment(number(reply, 0), number(reply, 1), (int) number(reply, 2)));
    }

    @Override
    public CompletionStage<Appended> append(UserId user, ChatEvent event) {
        return append(() -> scripts.append(user, event)).thenApply(RedisOfflineQueue::appended);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Not on a cluster: while a slot migrates, its keys are on one server and its subscribers on the other. Not with
     * {@code replicas} either: recipients must not see an event that the death of the master could still undo.
     */
    @Override
    public boolean publishesTo(ChatRouter router) {
        return router instanceof RedisChatRouter redis
                && redis.listensOn(connections)
                && keys == connections.keys()
                && connections.pubSub() == PubSubMode.PLAIN
                && connections.config().replicas() == 0;
    }

    @Override
    public CompletionStage<Published> appendAndPublish(UserId user, ChatEvent event) {
        return append(() -> scripts.appendAndPublish(user, event)).thenApply(reply -> {
            Appended position = appended(reply);
            return new Published(position, position.duplicate() ? 0 : (int) number(reply, 3));
        });
    }

    private CompletableFuture<List<?>> append(Supplier<RedisCommand> step) {
        try {
            return send(step.get());
        } catch (ChatException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    @Override
    public CompletionStage<QueueSlice> read(UserId user, long after, int limit) {
        return send(scripts.read(user, after, limit)).thenApply(reply -> slice(user, after, reply));
    }

    @Override
    public CompletionStage<Boolean> confirm(UserId user, DeviceId device, long upTo) {
        return commands.send(scripts.confirm(user, device, upTo))
                .thenApply(known -> Long.valueOf(1).equals(known));
    }

    @Override
    public CompletionStage<Void> clear(UserId user) {
        // The hash of the queue stays: its next Seq is above all that went.
        byte[] events = keys.key(user, ":q");
        return commands.send(RedisCommand.of(events, Command.UNLINK, events, keys.key(user, ":c")))
                .thenApply(removed -> null);
    }

    private CompletableFuture<List<?>> send(RedisCommand call) {
        return commands.send(call).thenApply(reply -> (List<?>) reply);
    }

    private static Appended appended(List<?> reply) {
        long outcome = number(reply, 0);
        if (outcome == QueueScripts.CONFLICT) {
            throw new ChatException(ErrorCode.CONFLICT, "this MsgID was used for another message");
        }
        return new Appended(number(reply, 1), number(reply, 2), outcome == QueueScripts.DUPLICATE);
    }

    private QueueSlice slice(UserId user, long after, List<?> reply) {
        long first = number(reply, 0);
        List<?> stored = (List<?>) reply.get(3);
        long seq = Math.max(first, after + 1);
        List<Envelope> events = new ArrayList<>(stored.size());
        for (Object each : stored) {
            events.add(event(user, seq++, (byte[]) each));
        }
        return new QueueSlice(events, first, number(reply, 1), (int) number(reply, 2));
    }

    /**
     * An unreadable event, for example from a newer version, becomes a gap notice with its Seq, so the events behind it
     * are still delivered.
     */
    private Envelope event(UserId user, long seq, byte[] stored) {
        try {
            Envelope envelope = EventCodec.decode(stored);
            if (envelope.seq() != seq) {
                throw new ChatException(ErrorCode.INTERNAL, "its own Seq is " + envelope.seq());
            }
            return envelope;
        } catch (ChatException unreadable) {
            if (logThrottle.permits()) {
                log.error(
                        "cannot read event {} in the queue of {}: {}; further failures may not be logged",
                        seq,
                        user,
                        unreadable.getMessage());
                log.debug("cannot read an event", unreadable);
            }
            ChatEvent.Notice gap = ChatEvent.Notice.of(
                    EventKind.GAP, user, "an event here cannot be read; the call log has the messages");
            return Envelope.stored(seq, gap.timestamp() * 1000, gap);
        }
    }

    private static long number(List<?> reply, int index) {
        return (Long) reply.get(index);
    }
}
