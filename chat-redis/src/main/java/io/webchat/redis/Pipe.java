package io.webchat.redis;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * One connection and the one thread that uses it: takes whatever calls are waiting, sends them as one pipeline, reads
 * the replies. While the server works on a pipeline the replies of the one before are handed out.
 *
 * <p>When the connection is lost, what had no answer is sent again over the next one, in the same order and before
 * anything newer, until its time is up: every command of this module may be repeated.
 */
final class Pipe implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Pipe.class);
    private static final int BATCH = 512;
    private static final Duration IDLE = Duration.ofSeconds(5);
    private static final Duration SLICE = Duration.ofMillis(50);
    private static final CommandArguments PING = new CommandArguments(Command.PING);
    private static final CommandArguments ASKING = new CommandArguments(Command.ASKING);

    /** A call and what Redis said to it. */
    private record Answer(Call call, @Nullable Object reply) {}

    private final Endpoint endpoint;
    private final Call.Listener listener;
    private final LinkedBlockingQueue<Call> waiting = new LinkedBlockingQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    /** What has been taken and not been answered, in order. The thread's own, like all below. */
    private final Deque<Call> batch = new ArrayDeque<>();

    private List<Answer> answers = new ArrayList<>();
    private final Backoff backoff = new Backoff();
    private volatile @Nullable Wire wire;
    private boolean complained;

    /** Who gets what has no answer at the end; null where it fails. */
    private volatile @Nullable Consumer<Call> heir;

    Pipe(Endpoint endpoint, Call.Listener listener, String name) {
        this.endpoint = endpoint;
        this.listener = listener;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Hands in a call; the listener will hear of it. False if the pipe has ended, and will do nothing with it. */
    boolean submit(Call call) {
        waiting.add(call);
        // The thread may have ended before it saw this one.
        return !(isClosed() && waiting.remove(call));
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void run() {
        while (!isClosed()) {
            try {
                take();
                Wire now = connected();
                if (batch.isEmpty()) {
                    ping(now);
                } else {
                    exchange(now);
                }
            } catch (InterruptedException e) {
                closed.countDown();
            } catch (RuntimeException e) {
                lost(e);
            }
        }
        deliver();
        bequeath();
        drop();
    }

    /** Waits for calls, not longer than a connection may be idle. */
    private void take() throws InterruptedException {
        failLate();
        if (batch.isEmpty()) {
            Call first = waiting.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
            if (first != null) {
                batch.add(first);
            }
        }
        waiting.drainTo(batch, BATCH - batch.size());
    }

    private Wire connected() {
        Wire there = wire;
        if (there == null) {
            there = endpoint.connect();
            wire = there;
            load(there);
        }
        return there;
    }

    private static void load(Wire wire) {
        for (Script each : Script.ALL) {
            wire.write(new CommandArguments(Command.SCRIPT).add("LOAD").add(each.source()));
        }
        wire.flush();
        for (Script each : Script.ALL) {
            if (wire.read() instanceof JedisDataException refusal) {
                throw new JedisConnectionException("Redis does not take the script " + each, refusal);
            }
        }
    }

    /** Finds out about a connection that died in silence before the next call does. */
    private static void ping(Wire now) {
        now.write(PING);
        now.flush();
        if (now.read() instanceof JedisDataException refusal) {
            throw refusal;
        }
    }

    private void exchange(Wire now) {
        for (Call each : batch) {
            if (each.asking()) {
                now.write(ASKING);
            }
            now.write(each.arguments());
        }
        now.flush();
        deliver();
        JedisDataException unfit = read(now);
        if (unfit != null) {
            // A new connection may lead elsewhere, and brings the scripts along.
            throw new JedisConnectionException("Redis at " + now.server() + " is not fit now", unfit);
        }
        backoff.reset();
        if (complained) {
            complained = false;
            log.info("Redis at {} answers again", now.server());
        }
        if (waiting.isEmpty()) {
            deliver();
        }
    }

    /** Reads the replies to the batch; what has to be sent again stays there. Returns why it has to be. */
    private @Nullable JedisDataException read(Wire now) {
        Deque<Call> again = new ArrayDeque<>();
        JedisDataException unfit = null;
        try {
            for (int left = batch.size(); left > 0; left--) {
                Object reply = read(now, batch.element());
                Call call = batch.remove();
                if (reply instanceof JedisDataException refusal && Refusals.temporary(refusal)) {
                    again.push(call);
                    unfit = refusal;
                } else {
                    answers.add(new Answer(call, reply));
                }
            }
        } finally {
            again.forEach(batch::addFirst);
        }
        return unfit;
    }

    private static @Nullable Object read(Wire now, Call call) {
        if (call.asking()) {
            now.read();
        }
        return now.read();
    }

    private void deliver() {
        List<Answer> now = answers;
        answers = new ArrayList<>();
        for (Answer each : now) {
            guarded(() -> listener.answered(each.call(), each.reply()));
        }
    }

    private void lost(RuntimeException why) {
        drop();
        deliver();
        if (!isClosed() && !complained) {
            complained = true;
            log.warn("no use of Redis for now: {}", String.valueOf(why.getMessage()), why);
        }
        try {
            pause(backoff.next());
        } catch (InterruptedException e) {
            closed.countDown();
        }
    }

    private void pause(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0 && !isClosed(); left = end - System.nanoTime()) {
            failLate();
            if (closed.await(Math.min(left, SLICE.toNanos()), TimeUnit.NANOSECONDS)) {
                return;
            }
        }
    }

    private void failLate() {
        failAll("Redis did not answer in time", call -> call.nanosLeft() <= 0);
    }

    /** Fails calls from the oldest on, as long as they are like this. */
    private void failAll(String why, Predicate<Call> which) {
        ChatException failure = new ChatException(ErrorCode.UNAVAILABLE, why);
        for (Queue<Call> each : List.of(batch, waiting)) {
            for (Call head = each.peek(); head != null && which.test(head); head = each.peek()) {
                each.remove();
                Call gone = head;
                guarded(() -> listener.failed(gone, failure));
            }
        }
    }

    private void bequeath() {
        Consumer<Call> back = heir;
        if (back == null) {
            failAll("the connection to Redis was closed", call -> true);
            return;
        }
        for (Queue<Call> each : List.of(batch, waiting)) {
            for (Call head = each.poll(); head != null; head = each.poll()) {
                Call homeless = head;
                guarded(() -> back.accept(homeless));
            }
        }
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            log.error("what followed a reply of Redis failed", e);
        }
    }

    private void drop() {
        Wire there = wire;
        wire = null;
        if (there != null) {
            there.drop();
        }
    }

    /**
     * Ends the connection after the replies to the pipeline that is under way, or when it is lost; {@link #close}
     * cuts it short. Every call that has no answer then is given back in order, on the thread of this pipe.
     */
    void retire(Consumer<Call> back) {
        heir = back;
        closed.countDown();
    }

    /** Ends the connection; every call that has no answer yet fails, soon. */
    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
        Wire there = wire;
        if (there != null) {
            there.drop();
        }
    }
}
