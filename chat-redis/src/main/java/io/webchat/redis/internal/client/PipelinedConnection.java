package io.webchat.redis.internal.client;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * One connection and the one thread that uses it: takes whatever calls are waiting, sends them as one pipeline, reads
 * the replies. While the server works on a pipeline the replies of the one before are handed out.
 *
 * <p>When the connection is lost, what had no answer is sent again over the next one, in the same order and before
 * anything newer, until its time is up: every command of this module may be repeated.
 *
 * <p>Whatever the thread is held up by, the {@link TimeoutMonitor} fails calls whose time is up. A listener that throws harms
 * nobody. One that blocks holds up this connection's other calls, which then fail in time, and nothing else.
 */
final class PipelinedConnection implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PipelinedConnection.class);
    private static final int BATCH = 512;
    private static final Duration IDLE = Duration.ofSeconds(5);
    private static final CommandArguments PING = new CommandArguments(Command.PING);

    private final ConnectionFactory endpoint;
    private final RedisCommand.Listener listener;
    private final Duration patience;
    private final List<LuaScript> scripts;
    private final LinkedBlockingQueue<RedisCommand> waiting = new LinkedBlockingQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private final Future<?> watching;

    /** What has been taken and not been answered, in order. Changed by the thread only; others may look. */
    private final Deque<RedisCommand> batch = new LinkedBlockingDeque<>();

    private volatile @Nullable ServerConnection wire;

    /** Who gets what has no answer at the end; null where it fails. */
    private volatile @Nullable Consumer<RedisCommand> heir;

    private final ReplyBuffer answers;
    private final ReplyMatcher matcher;
    private final ReconnectDelay reconnectDelay = new ReconnectDelay();
    private boolean complained;

    PipelinedConnection(
            ConnectionFactory endpoint,
            RedisCommand.Listener listener,
            String name,
            TimeoutMonitor watch,
            ClientSettings settings) {
        this.endpoint = endpoint;
        this.listener = listener;
        this.patience = watch.patience();
        this.scripts = settings.scripts();
        this.answers = new ReplyBuffer(listener);
        this.matcher = new ReplyMatcher(batch, answers, settings.replicaWait());
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
        this.watching = watch.over(this::look);
    }

    /** Hands in a call; the listener will hear of it. False if the pipe has ended, and will do nothing with it. */
    boolean submit(RedisCommand call) {
        call.handedIn();
        waiting.add(call);
        // The thread may have ended before it saw this one.
        return !(isClosed() && waiting.remove(call) && call.settle());
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void run() {
        while (!isClosed()) {
            try {
                ServerConnection now = connected();
                take();
                if (batch.isEmpty()) {
                    ping(now);
                } else {
                    matcher.exchange(now);
                    if (waiting.isEmpty()) {
                        answers.deliver();
                    }
                }
                healthy(now);
            } catch (InterruptedException e) {
                log.debug("{} was interrupted, by close() or by a callback", thread.getName());
            } catch (RuntimeException | Error e) {
                // An Error too, such as no memory for a reply: without this thread nothing would heal.
                lost(e);
            }
        }
        drop();
        answers.deliver();
        leave(heir);
        watching.cancel(false);
    }

    private ServerConnection connected() {
        ServerConnection there = wire;
        if (there == null) {
            there = endpoint.connect();
            wire = there;
            LuaScript.loadAll(there, scripts);
        }
        return there;
    }

    /** Waits for calls, not longer than a connection may be idle. */
    private void take() throws InterruptedException {
        batch.removeIf(RedisCommand::isSettled);
        waiting.drainTo(batch, BATCH - batch.size());
        if (batch.isEmpty()) {
            answers.deliver();
            RedisCommand first = waiting.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
            if (first != null) {
                batch.add(first);
                waiting.drainTo(batch, BATCH - 1);
            }
        }
    }

    /** Finds out about a connection that died in silence before the next call does. */
    private static void ping(ServerConnection now) {
        now.write(PING);
        now.flush();
        if (now.read() instanceof JedisDataException refusal) {
            throw refusal;
        }
    }

    private void healthy(ServerConnection now) {
        reconnectDelay.reset();
        if (complained) {
            complained = false;
            log.info("Redis at {} answers again", now.server());
        }
    }

    private void lost(Throwable why) {
        drop();
        matcher.stopwatch().stop();
        answers.deliver();
        if (!isClosed() && !complained) {
            complained = true;
            // Servers come and go: where in the code that was noticed helps nobody who reads the log.
            log.warn("no use of Redis for now: {}", String.valueOf(why.getMessage()));
            log.debug("no use of Redis because of", why);
        }
        try {
            boolean unused = closed.await(reconnectDelay.next().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            log.debug("{} was interrupted, by close() or by a callback", thread.getName());
        }
    }

    private void drop() {
        ServerConnection there = wire;
        wire = null;
        if (there != null) {
            there.drop();
        }
    }

    /** What the watch does: it may find the thread blocked in a connect, a write, a read or a callback. */
    private void look() {
        failAll(new ChatException(ErrorCode.UNAVAILABLE, "Redis did not answer in time"), RedisCommand::isLate);
        ServerConnection there = wire;
        if (there != null && matcher.stopwatch().exceeds(patience)) {
            there.drop();
        }
        answers.complain(thread, patience);
    }

    /** Fails calls, oldest first: of those that still wait to be taken, as many from the head on as are like this. */
    private void failAll(ChatException failure, Predicate<RedisCommand> which) {
        answers.calls().filter(which).forEach(call -> fail(call, failure));
        batch.stream().filter(which).forEach(call -> fail(call, failure));
        for (RedisCommand head = waiting.peek(); head != null && which.test(head); head = waiting.peek()) {
            if (waiting.remove(head)) {
                fail(head, failure);
            }
        }
    }

    /** Parts with everything that has no answer. */
    private void leave(@Nullable Consumer<RedisCommand> to) {
        if (to == null) {
            failAll(closedFailure(), call -> true);
            return;
        }
        waiting.drainTo(batch);
        for (RedisCommand each = batch.poll(); each != null; each = batch.poll()) {
            RedisCommand homeless = each;
            if (homeless.settle()) {
                ReplyBuffer.guarded(() -> to.accept(homeless));
            }
        }
    }

    private void fail(RedisCommand call, ChatException failure) {
        if (call.settle()) {
            ReplyBuffer.guarded(() -> listener.failed(call, failure));
        }
    }

    private static ChatException closedFailure() {
        return new ChatException(ErrorCode.UNAVAILABLE, "the connection to Redis was closed");
    }

    /**
     * Ends the connection after the replies to the pipeline that is under way, or when it is lost; {@link #close}
     * cuts that short. What has no answer then is given back in order, on the thread of this pipe, unless its time is
     * up.
     */
    void retire(Consumer<RedisCommand> to) {
        heir = to;
        closed.countDown();
    }

    /** Ends the connection; every call that has no answer yet fails before this returns. */
    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
        ServerConnection there = wire;
        if (there != null) {
            there.drop();
        }
        if (heir == null) {
            watching.cancel(false);
            failAll(closedFailure(), call -> true);
        }
    }
}
