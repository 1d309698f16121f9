package io.webchat.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Replies that one thread has read, and hands out when it finds the time. What it is handing out may be seen by
 * others, because a callback may hold it up.
 */
final class Answers {
    private static final Logger log = LoggerFactory.getLogger(Answers.class);

    private record Answer(Call call, @Nullable Object reply) {
        boolean isRefusal() {
            return reply instanceof JedisDataException;
        }
    }

    private final Call.Listener listener;
    private final Stopwatch delivery = new Stopwatch();
    private List<Answer> kept = new ArrayList<>();
    private volatile List<Answer> delivering = List.of();

    /** The watch's own. */
    private boolean complained;

    Answers(Call.Listener listener) {
        this.listener = listener;
    }

    void keep(Call call, @Nullable Object reply) {
        kept.add(new Answer(call, reply));
    }

    /** Takes back all that is kept. */
    void forget() {
        kept.clear();
    }

    /** Those that are kept and were not refused before are refused by this. */
    void replaceBy(JedisDataException refusal) {
        kept.replaceAll(each -> each.isRefusal() ? each : new Answer(each.call(), refusal));
    }

    /** Whether all that are kept were refused. */
    boolean areRefusals() {
        return kept.stream().allMatch(Answer::isRefusal);
    }

    /** Hands out all that is kept, in order, to those who have not been told that it is too late. */
    void deliver() {
        delivering = kept;
        kept = new ArrayList<>();
        delivery.start();
        for (Answer each : delivering) {
            if (each.call().settle()) {
                guarded(() -> listener.answered(each.call(), each.reply()));
            }
        }
        delivery.stop();
        delivering = List.of();
    }

    /** Runs what others have attached to a call; it harms nobody by throwing. */
    static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            log.error("what followed a reply of Redis failed", e);
        }
    }

    /** The calls whose replies are being handed out. */
    Stream<Call> delivering() {
        return delivering.stream().map(Answer::call);
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
