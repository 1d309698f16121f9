package io.webchat.redis.internal.client;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Replies that the thread of a connection has read and not yet delivered. That thread adds and delivers them. Other
 * threads may look at the commands, because a callback may block the delivery.
 */
final class ReplyBuffer {
    private static final Logger log = LoggerFactory.getLogger(ReplyBuffer.class);

    /** With so many bytes of replies, deliver them before you read more. */
    private static final long MANY_BYTES = 4 << 20;

    /** The approximate weight of any part of a reply. */
    private static final int OBJECT_BYTES = 16;

    private record Entry(RedisCommand command, @Nullable Object reply) {
        boolean isRefusal() {
            return reply instanceof JedisDataException;
        }
    }

    private final RedisCommand.Listener listener;
    private final CallbackMonitor callbacks = new CallbackMonitor(System::nanoTime);
    private final Queue<Entry> entries = new ConcurrentLinkedQueue<>();
    private long bytes;

    ReplyBuffer(RedisCommand.Listener listener) {
        this.listener = listener;
    }

    void add(RedisCommand command, @Nullable Object reply) {
        entries.add(new Entry(command, reply));
        bytes += weight(reply);
    }

    private static long weight(@Nullable Object reply) {
        long bytes = OBJECT_BYTES;
        if (reply instanceof byte[] text) {
            bytes += text.length;
        } else if (reply instanceof List<?> parts) {
            for (Object each : parts) {
                bytes += weight(each);
            }
        }
        return bytes;
    }

    /** Whether the replies take so much memory that they should be delivered now. */
    boolean isLarge() {
        return bytes > MANY_BYTES;
    }

    void clear() {
        entries.clear();
        bytes = 0;
    }

    /** Replaces each reply that is not a refusal by this refusal. */
    void refuseAll(JedisDataException refusal) {
        List<Entry> before = List.copyOf(entries);
        clear();
        before.forEach(each -> add(each.command(), each.isRefusal() ? each.reply() : refusal));
    }

    /** Whether all replies are refusals. */
    boolean hasOnlyRefusals() {
        return entries.stream().allMatch(Entry::isRefusal);
    }

    /**
     * Delivers all replies in order, except to commands that have timed out. A reply may be large, so each is removed
     * before the next is delivered.
     */
    void deliver() {
        for (Entry each = entries.poll(); each != null; each = entries.poll()) {
            Entry next = each;
            if (next.command().settle()) {
                callbacks.run(() -> guarded(() -> listener.answered(next.command(), next.reply())));
            }
        }
        bytes = 0;
    }

    /** Runs a callback. If it throws, its failure is logged and has no other effect. */
    static void guarded(Runnable callback) {
        try {
            callback.run();
        } catch (RuntimeException | Error e) {
            log.error("a callback that was attached to a reply of Redis failed", e);
        }
    }

    /** The commands whose replies are not delivered yet. */
    Stream<RedisCommand> commands() {
        return entries.stream().map(Entry::command);
    }

    /** Logs the stack of a callback that takes longer than {@code limit}, once for each such callback. */
    void reportBlockedCallback(Thread thread, Duration limit) {
        if (callbacks.findsBlocked(limit)) {
            IllegalStateException where = new IllegalStateException("callbacks must not block");
            where.setStackTrace(thread.getStackTrace());
            log.error("a callback has blocked {} for {} or longer", thread.getName(), limit, where);
        }
    }
}
