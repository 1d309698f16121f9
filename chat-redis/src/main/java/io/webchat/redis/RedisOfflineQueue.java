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

/**
 * Offline queues in Redis: one LIST per user, and one Lua script per step, so that each is atomic whatever node asks.
 * All keys of a user lie in one slot, and expire by themselves when nobody has used them for longer than anything in
 * them may stay. Time is the Redis server's.
 *
 * <p>Stages complete on a thread of the connections that were handed in, which serves other users too: do not block
 * it. They fail with {@code unavailable} where no answer came in time; the step may have been taken all the same, and
 * repeating it is safe. Where the connection was lost before the answer, the step was repeated already, so that an
 * event may be called a duplicate of itself. An append fails with {@code queue_full} where the server has no memory
 * left; the other steps, which free some, go on.
 *
 * <p>How much survives the server's death is a matter of its configuration. One that comes back with an older state
 * of a queue, a replica that was behind for instance, gives the Seqs since then anew; one that comes back empty does
 * not.
 *
 * <p>Safe for use by any number of threads.
 */
public final class RedisOfflineQueue implements PublishingQueue {
    private static final Logger log = LoggerFactory.getLogger(RedisOfflineQueue.class);

    private final RedisConnections connections;
    private final RedisKeys keys;
    private final CommandClient commands;
    private final QueueScripts steps;
    private final LogThrottle complain = new LogThrottle();

    /** Queues with the default limits. Closing the connections is left to who opened them. */
    public RedisOfflineQueue(RedisConnections connections) {
        this(connections, QueueLimits.DEFAULT);
    }

    /** Queues with other limits, which should be the same on all nodes. */
    public RedisOfflineQueue(RedisConnections connections, QueueLimits limits) {
        this(connections, connections.keys(), limits, () -> 0);
    }

    /** With keys of its own, and a clock that is ahead of the server's by so many microseconds. */
    RedisOfflineQueue(RedisConnections connections, RedisKeys keys, QueueLimits limits, LongSupplier skew) {
        this.connections = connections;
        this.keys = keys;
        this.commands = connections.commands();
        this.steps = new QueueScripts(keys, limits, skew, connections.config().replicas() > 0);
    }

    @Override
    public CompletionStage<Attachment> attach(UserId user, DeviceId device, long after) {
        return send(steps.attach(user, device, after))
                .thenApply(reply -> new Attachment(number(reply, 0), number(reply, 1), (int) number(reply, 2)));
    }

    @Override
    public CompletionStage<Appended> append(UserId user, ChatEvent event) {
        return append(() -> steps.append(user, event)).thenApply(RedisOfflineQueue::appended);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Not on a cluster: while a slot moves, its keys are on one server and its subscribers on the other. And not
     * where replicas are waited for: nobody is to see what may not outlive the master.
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
        return append(() -> steps.appendAndPublish(user, event)).thenApply(reply -> {
            Appended place = appended(reply);
            return new Published(place, place.duplicate() ? 0 : (int) number(reply, 3));
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
        return send(steps.read(user, after, limit)).thenApply(reply -> slice(user, after, reply));
    }

    @Override
    public CompletionStage<Boolean> confirm(UserId user, DeviceId device, long upTo) {
        return commands.send(steps.confirm(user, device, upTo))
                .thenApply(known -> Long.valueOf(1).equals(known));
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
     * What cannot be read, such as an event that a newer node put there, becomes a gap in its place: all that stands
     * behind it must not wait for ever.
     */
    private Envelope event(UserId user, long seq, byte[] stored) {
        try {
            Envelope envelope = EventCodec.decode(stored);
            if (envelope.seq() != seq) {
                throw new ChatException(ErrorCode.INTERNAL, "it says that it is event " + envelope.seq());
            }
            return envelope;
        } catch (ChatException unreadable) {
            if (complain.now()) {
                log.error(
                        "the event {} in the queue of {} cannot be read; more may follow unlogged",
                        seq,
                        user,
                        unreadable);
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
