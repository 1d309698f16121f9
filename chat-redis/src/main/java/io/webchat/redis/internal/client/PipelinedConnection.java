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

/**
 * A connection and its thread. The thread takes all waiting commands, sends them as one pipeline, and reads the
 * replies. While the server works on a pipeline, the thread delivers the replies of the pipeline before.
 *
 * <p>If the connection is lost, the thread connects again. It sends the commands without a reply once more, in the same
 * order and before newer commands, until their timeout. Every command of this module may be repeated.
 *
 * <p>The {@link TimeoutMonitor} fails commands after their timeout, even if this thread is blocked. A callback that
 * throws does no harm. A callback that blocks delays the other commands of this connection, which then time out.
 */
public final class PipelinedConnection implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PipelinedConnection.class);
    private static final int BATCH = 512;
    private static final Duration IDLE = Duration.ofSeconds(5);

    private final ConnectionFactory factory;
    private final RedisCommand.Listener listener;
    private final OutageLog outages;
    private final Duration timeout;
    private final List<LuaScript> scripts;
    private final LinkedBlockingQueue<RedisCommand> waiting = new LinkedBlockingQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private final Future<?> monitoring;

    /** The taken commands without a reply, in order. Only the thread changes it; others may look. */
    private final Deque<RedisCommand> batch = new LinkedBlockingDeque<>();

    private final ReplyBuffer replies;
    private final ReplyMatcher matcher;
    private final ReconnectDelay reconnectDelay = new ReconnectDelay();
    private volatile @Nullable ServerConnection connection;

    /** Gets the commands without a reply at the end; if it is null, they fail. */
    private volatile @Nullable Consumer<RedisCommand> heir;

    /** Connects on a thread of its own, which has this name; the listener learns the outcome of each command. */
    public PipelinedConnection(
            ConnectionFactory factory,
            RedisCommand.Listener listener,
            String name,
            TimeoutMonitor monitor,
            OutageLog outages,
            ClientSettings settings) {
        this.factory = factory;
        this.listener = listener;
        this.outages = outages;
        this.timeout = monitor.timeout();
        this.scripts = settings.scripts();
        this.replies = new ReplyBuffer(listener);
        this.matcher = new ReplyMatcher(batch, replies, settings.replicaWait());
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
        this.monitoring = monitor.repeat(this::checkTimeouts);
    }

    /** Submits a command; the listener learns the outcome. False, without any effect, if the connection is closed. */
    public boolean submit(RedisCommand command) {
        command.handedIn();
        waiting.add(command);
        // The thread may have ended before it saw this command.
        return !(isClosed() && waiting.remove(command) && command.settle());
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void run() {
        while (!isClosed()) {
            try {
                ServerConnection current = connected();
                takeCommands();
                if (batch.isEmpty() || current.isIdentityOld()) {
                    // Also detects a dead connection before the next command does.
                    identify(current);
                }
                if (!batch.isEmpty()) {
                    exchange(current);
                }
                reconnectDelay.reset();
                outages.answered(current);
            } catch (InterruptedException e) {
                log.debug("{} was interrupted, by close() or by a callback", thread.getName());
            } catch (RuntimeException | Error e) {
                // Catches an Error too, such as no memory for a reply: without this thread nothing would reconnect.
                reconnectAfter(e);
            }
        }
        drop();
        replies.deliver();
        leaveCommands(heir);
        monitoring.cancel(false);
    }

    private ServerConnection connected() {
        ServerConnection current = connection;
        if (current == null) {
            current = factory.connect();
            connection = current;
            LuaScript.loadAll(current, scripts);
            current.identify();
        }
        return current;
    }

    /** Waits for commands, but not longer than a connection may be idle. */
    private void takeCommands() throws InterruptedException {
        batch.removeIf(RedisCommand::isSettled);
        waiting.drainTo(batch, BATCH - batch.size());
        if (batch.isEmpty()) {
            replies.deliver();
            RedisCommand first = waiting.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
            if (first != null) {
                batch.add(first);
                waiting.drainTo(batch, BATCH - 1);
            }
        }
    }

    private void exchange(ServerConnection current) {
        matcher.exchange(current);
        if (waiting.isEmpty()) {
            replies.deliver();
        }
    }

    private void identify(ServerConnection current) {
        matcher.stopwatch().start();
        current.identify();
        matcher.stopwatch().stop();
    }

    private void reconnectAfter(Throwable why) {
        ServerConnection lost = connection;
        drop();
        matcher.stopwatch().stop();
        replies.deliver();
        if (!isClosed()) {
            outages.lost(lost, why);
        }
        try {
            boolean unused = closed.await(reconnectDelay.next().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            log.debug("{} was interrupted, by close() or by a callback", thread.getName());
        }
    }

    private void drop() {
        ServerConnection current = connection;
        connection = null;
        if (current != null) {
            current.drop();
        }
    }

    /**
     * Runs on the thread of the monitor. The connection's thread may be blocked in a connect, write, read or callback.
     */
    private void checkTimeouts() {
        failAll(new ChatException(ErrorCode.UNAVAILABLE, "Redis did not answer in time"), RedisCommand::isLate);
        ServerConnection current = connection;
        if (current != null && matcher.stopwatch().exceeds(timeout)) {
            current.drop();
        }
        replies.reportBlockedCallback(thread, timeout);
    }

    /** Fails the commands that match, oldest first. Stops at the first waiting command that does not match. */
    private void failAll(ChatException failure, Predicate<RedisCommand> which) {
        replies.commands().filter(which).forEach(command -> fail(command, failure));
        batch.stream().filter(which).forEach(command -> fail(command, failure));
        for (RedisCommand head = waiting.peek(); head != null && which.test(head); head = waiting.peek()) {
            if (waiting.remove(head)) {
                fail(head, failure);
            }
        }
    }

    /** Gives the commands without a reply to the heir, or fails them. */
    private void leaveCommands(@Nullable Consumer<RedisCommand> to) {
        if (to == null) {
            failAll(closedFailure(), command -> true);
            return;
        }
        waiting.drainTo(batch);
        for (RedisCommand each = batch.poll(); each != null; each = batch.poll()) {
            RedisCommand left = each;
            if (left.settle()) {
                ReplyBuffer.guarded(() -> to.accept(left));
            }
        }
    }

    private void fail(RedisCommand command, ChatException failure) {
        if (command.settle()) {
            ReplyBuffer.guarded(() -> listener.failed(command, failure));
        }
    }

    private static ChatException closedFailure() {
        return new ChatException(ErrorCode.UNAVAILABLE, "the connection to Redis is closed");
    }

    /**
     * Ends the connection after the replies to the current pipeline, or when it is lost; {@link #close} ends it at
     * once. Then the commands without a reply go to {@code to}, in order and on this connection's thread, unless they
     * have timed out.
     */
    public void retire(Consumer<RedisCommand> to) {
        heir = to;
        closed.countDown();
    }

    /** Closes the connection. Every command without a reply fails before this returns. */
    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
        ServerConnection current = connection;
        if (current != null) {
            current.drop();
        }
        if (heir == null) {
            monitoring.cancel(false);
            failAll(closedFailure(), command -> true);
        }
    }
}
