package io.webchat.redis;

import io.webchat.core.ChatException;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.events.EventKind;
import io.webchat.core.events.Notice;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.ChatRouter;
import io.webchat.core.spi.queue.Appended;
import io.webchat.core.spi.queue.AttachedDevice;
import io.webchat.core.spi.queue.EventErasure;
import io.webchat.core.spi.queue.LastSeenTimes;
import io.webchat.core.spi.queue.PublishingQueue;
import io.webchat.core.spi.queue.QueueEpoch;
import io.webchat.core.spi.queue.QueueLimits;
import io.webchat.core.spi.queue.QueueRemoval;
import io.webchat.core.spi.queue.QueueSlice;
import io.webchat.core.spi.queue.RestoreOutcome;
import io.webchat.core.spi.queue.UndeliveredMessages;
import io.webchat.core.spi.support.LogThrottle;
import io.webchat.redis.internal.client.CommandClient;
import io.webchat.redis.internal.client.RedisCommand;
import io.webchat.redis.internal.client.RedisKeys;
import io.webchat.redis.internal.pubsub.PubSubMode;
import io.webchat.redis.internal.queue.EventFrames;
import io.webchat.redis.internal.queue.QueueAppends;
import io.webchat.redis.internal.queue.QueueArguments;
import io.webchat.redis.internal.queue.QueueScripts;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offline queues in Redis: one LIST per user, and one Lua script per step, so each step is atomic for all nodes. All
 * keys of a user are in one slot. They expire when they have not been used for longer than the longest retention time.
 *
 * <p>Stages complete on the thread of a connection, which also serves other users, so do not block it. They fail with
 * {@code unavailable} if there is no reply in time. The step may have taken effect, and it is safe to repeat it. If the
 * connection was lost before the reply, the step was already repeated, so an append may report its own event as a
 * duplicate.
 *
 * <p>An append of a message, an edit or a reaction fails with {@code queue_full} if the server has no memory left. The
 * other steps still work, so that devices receive, confirm, and thereby free memory.
 *
 * <p>The configuration of the server decides how much survives its death. A queue begins a new epoch when the server's
 * process has started anew, or when a replica was promoted, because it may have lost events.
 *
 * <p>The times of events are those of the server's clock, as the node knows it.
 *
 * <p>Safe for use by many threads.
 */
public final class RedisOfflineQueue implements PublishingQueue, QueueRemoval, EventErasure, LastSeenTimes {
    private static final Logger log = LoggerFactory.getLogger(RedisOfflineQueue.class);

    private final RedisConnections connections;
    private final RedisKeys keys;
    private final CommandClient commands;
    private final QueueScripts scripts;
    private final QueueAppends appends;
    private final LogThrottle logThrottle = new LogThrottle();

    /** Queues with the default limits. The caller closes the connections. */
    public RedisOfflineQueue(RedisConnections connections) {
        this(connections, QueueLimits.DEFAULT);
    }

    /** Queues with these limits, which should be the same on all nodes. */
    public RedisOfflineQueue(RedisConnections connections, QueueLimits limits) {
        this(connections, connections.keys(), new QueueArguments(limits));
    }

    /** With other keys, and with another clock. */
    RedisOfflineQueue(RedisConnections connections, RedisKeys keys, QueueArguments common) {
        this.connections = connections;
        this.keys = keys;
        this.commands = connections.commands();
        this.scripts = new QueueScripts(keys, common);
        this.appends = new QueueAppends(commands, scripts, common);
    }

    @Override
    public CompletionStage<AttachedDevice> attach(UserId user, DeviceId device, long after) {
        return send(user, scripts.attach(user, device, after))
                .thenApply(reply -> new AttachedDevice(
                        epoch(reply),
                        number(reply, 2),
                        number(reply, 3),
                        number(reply, 4),
                        (int) number(reply, 5),
                        number(reply, 6) == 1));
    }

    @Override
    public CompletionStage<Appended> append(UserId user, ChatEvent event, long after) {
        return appends.append(user, event, false, after).thenApply(Published::appended);
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
        return appends.append(user, event, true, 0);
    }

    @Override
    public CompletionStage<QueueSlice> read(UserId user, long after, int limit) {
        return send(user, scripts.read(user, after, limit)).thenApply(reply -> slice(user, after, reply));
    }

    @Override
    public CompletionStage<Boolean> confirm(UserId user, DeviceId device, long epoch, long upTo) {
        return ask(user, scripts.confirm(user, device, epoch, upTo));
    }

    @Override
    public CompletionStage<RestoreOutcome> restore(UserId user, long epoch, UndeliveredMessages undelivered) {
        appends.endStep(user);
        return commands.send(scripts.restore(user, epoch, undelivered)).thenApply(reply -> {
            long linked = (Long) reply;
            return linked < 0 ? RestoreOutcome.OTHER_EPOCH : RestoreOutcome.linked((int) linked);
        });
    }

    @Override
    public CompletionStage<Void> clear(UserId user) {
        return ask(user, scripts.clear(user)).thenApply(done -> null);
    }

    @Override
    public CompletionStage<Void> erase(UserId user, UserId author) {
        return ask(user, scripts.erase(user, author)).thenApply(done -> null);
    }

    @Override
    public CompletionStage<Void> leave(UserId user, DeviceId device) {
        return commands.send(scripts.leave(user, device)).thenApply(known -> null);
    }

    @Override
    public CompletionStage<OptionalLong> lastSeen(UserId user) {
        return commands.send(scripts.lastSeen(user))
                .thenApply(
                        reply -> Long.valueOf(0).equals(reply) ? OptionalLong.empty() : OptionalLong.of((Long) reply));
    }

    private CompletableFuture<Boolean> ask(UserId user, RedisCommand call) {
        appends.endStep(user);
        return commands.send(call).thenApply(reply -> Long.valueOf(1).equals(reply));
    }

    private CompletableFuture<List<?>> send(UserId user, RedisCommand call) {
        appends.endStep(user);
        return commands.send(call).thenApply(reply -> (List<?>) reply);
    }

    private QueueSlice slice(UserId user, long after, List<?> reply) {
        QueueEpoch epoch = epoch(reply);
        long first = number(reply, 2);
        List<?> stored = (List<?>) reply.get(5);
        long seq = Math.max(first, after + 1);
        List<Envelope> events = new ArrayList<>(stored.size());
        for (Object each : stored) {
            events.add(event(user, epoch.number(), seq++, (byte[]) each));
        }
        return new QueueSlice(epoch, events, first, number(reply, 3), (int) number(reply, 4), number(reply, 6));
    }

    /**
     * An unreadable event, for example from a newer version, becomes a gap notice with its Seq, so the events behind it
     * are still delivered.
     */
    private Envelope event(UserId user, long epoch, long seq, byte[] stored) {
        try {
            return EventFrames.read(epoch, seq, stored);
        } catch (ChatException unreadable) {
            if (logThrottle.permits()) {
                log.error(
                        "cannot read event {} in the queue of {}: {}; further failures may not be logged",
                        seq,
                        user,
                        unreadable.getMessage());
                log.debug("cannot read an event", unreadable);
            }
            Notice gap = Notice.of(EventKind.GAP, user, "an event here cannot be read; the call log has the messages");
            return Envelope.stored(epoch, seq, gap.timestamp() * 1000, gap);
        }
    }

    private static QueueEpoch epoch(List<?> reply) {
        long number = number(reply, 0);
        return number == 0 ? QueueEpoch.NONE : new QueueEpoch(number, number(reply, 1) == 1);
    }

    private static long number(List<?> reply, int index) {
        return (Long) reply.get(index);
    }
}
