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
 * Replies that one thread has read, and hands out when it finds the time. Others may see them, because a callback may
 * hold them up.
 */
final class ReplyBuffer {
    private static final Logger log = LoggerFactory.getLogger(ReplyBuffer.class);

    /** So many bytes of replies are enough to be handed out before more are read. */
    private static final long MANY_BYTES = 4 << 20;

    /** What any part of a reply weighs, roughly. */
    private static final int OBJECT_BYTES = 16;

    private record Answer(RedisCommand call, @Nullable Object reply) {
        boolean isRefusal() {
            return reply instanceof JedisDataException;
        }
    }

    private final RedisCommand.Listener listener;
    private final Stopwatch delivery = new Stopwatch();
    private final Queue<Answer> kept = new ConcurrentLinkedQueue<>();
    private long keptBytes;

    /** The watch's own. */
    private boolean complained;

    ReplyBuffer(RedisCommand.Listener listener) {
        this.listener = listener;
    }

    void keep(RedisCommand call, @Nullable Object reply) {
        kept.add(new Answer(call, reply));
        keptBytes += weight(reply);
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

    /** Whether what is kept takes so much memory that it should not wait for more. */
    boolean areMany() {
        return keptBytes > MANY_BYTES;
    }

    /** Takes back all that is kept. */
    void forget() {
        kept.clear();
        keptBytes = 0;
    }

    /** Those that are kept and were not refused before are refused by this. */
    void replaceBy(JedisDataException refusal) {
        List<Answer> before = List.copyOf(kept);
        forget();
        before.forEach(each -> keep(each.call(), each.isRefusal() ? each.reply() : refusal));
    }

    /** Whether all that are kept were refused. */
    boolean areRefusals() {
        return kept.stream().allMatch(Answer::isRefusal);
    }

    /**
     * Hands out all that is kept, in order, to those who have not been told that it is too late. Each is let go before
     * the next: it may be large.
     */
    void deliver() {
        delivery.start();
        for (Answer each = kept.poll(); each != null; each = kept.poll()) {
            Answer next = each;
            if (next.call().settle()) {
                guarded(() -> listener.answered(next.call(), next.reply()));
            }
        }
        keptBytes = 0;
        delivery.stop();
    }

    /** Runs what others have attached to a call; it harms nobody by throwing. */
    static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            log.error("what followed a reply of Redis failed", e);
        }
    }

    /** The calls whose replies have not been handed out yet. */
    Stream<RedisCommand> calls() {
        return kept.stream().map(Answer::call);
    }

    /** Tells, once, where the thread hangs if handing out takes longer than this. */
    void complain(Thread thread, Duration patience) {
        boolean stuck = delivery.exceeds(patience);
        if (stuck && !complained) {
            IllegalStateException where = new IllegalStateException("callbacks must not block");
            where.setStackTrace(thread.getStackTrace());
            log.error("a callback has been holding up {} for {} and more", thread.getName(), patience, where);
        }
        complained = stuck;
    }
}
