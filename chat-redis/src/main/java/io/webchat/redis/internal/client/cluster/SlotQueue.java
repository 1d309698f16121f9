package io.webchat.redis.internal.client.cluster;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.redis.internal.client.RedisCommand;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

/**
 * The commands for one slot of a cluster. The queue keeps their order while the slot moves from server to server.
 *
 * <p>Normally a command goes straight to the owner of the slot. A redirect (MOVED, ASK, TRYAGAIN, CLUSTERDOWN) makes
 * the queue <em>hold</em>: it sends nothing more, collects the redirected commands, and holds new ones. When no
 * command is in flight any more, it sends the oldest one alone, as a probe, to the server that the redirect named.
 * When the owner of the slot has executed the probe, all held commands follow at once.
 *
 * <p>Two commands in flight can still change order: the server redirects the first and executes the second. That
 * happens in two cases. Either the slot returns, or the cluster recovers, while a pipeline is on its way. Or the slot
 * is migrating, and the second command uses only some keys of the first.
 *
 * <p>While a slot migrates, Redis executes a command with several keys only if all of them are on one side. An empty
 * list does not exist, so it is on neither side. Such a command, and all commands behind it, wait for the end of the
 * migration or for their timeout.
 *
 * <p>Safe for use by many threads.
 */
final class SlotQueue {
    /** A server that executes commands. */
    interface Server {
        /** Takes a command; the queue learns the outcome. False if the server is no longer in use. */
        boolean submit(RedisCommand command);
    }

    /** The cluster around the queue. Its methods neither block nor call the queue. */
    interface Cluster {
        /** The owner of the slot; null while it is unknown. */
        @Nullable
        Server owner(int slot);

        /** The server at this address, for a command with ASKING; null after close. */
        @Nullable
        Server askTarget(HostAndPort address);

        /** Whether the cluster is closed, so that queues must hold no commands. */
        boolean isClosed();

        /** Learns from a redirect. The owner may be another server afterwards. */
        void learnFrom(int slot, Redirect redirect);

        /** The queue holds commands, so call {@link SlotQueue#checkHeld} regularly. */
        void startHolding(SlotQueue queue);

        /** The queue holds no commands any more. */
        void stopHolding(SlotQueue queue);

        /** The value of {@link System#nanoTime}. */
        long nanoTime();
    }

    private final int slot;
    private final Cluster cluster;
    private final RedisCommand.Listener outcome;
    private final AtomicInteger inFlight = new AtomicInteger();

    /** The server of all commands in flight. Guarded by this. */
    private @Nullable Server current;

    /** Null while the queue does not hold. Written under the lock of this. */
    private volatile @Nullable HeldCommands held;

    SlotQueue(int slot, Cluster cluster, RedisCommand.Listener outcome) {
        this.slot = slot;
        this.cluster = cluster;
        this.outcome = outcome;
    }

    /** Takes a command. Never blocks. */
    void submit(RedisCommand command) {
        sendOrHold(command);
        if (cluster.isClosed()) {
            close();
        }
    }

    private synchronized void sendOrHold(RedisCommand command) {
        HeldCommands commands = held;
        if (commands == null && !sendToOwner(command)) {
            commands = startHolding();
        }
        if (commands != null) {
            commands.add(command);
        }
    }

    /** Does not send while commands are in flight to another server, because it might overtake them. */
    private boolean sendToOwner(RedisCommand command) {
        Server owner = cluster.owner(slot);
        return owner != null && (owner == current || inFlight.get() == 0) && sendTo(owner, command);
    }

    private boolean sendTo(Server server, RedisCommand command) {
        current = server;
        inFlight.incrementAndGet();
        boolean taken = server.submit(command);
        if (!taken) {
            inFlight.decrementAndGet();
        }
        return taken;
    }

    private HeldCommands startHolding() {
        HeldCommands created = new HeldCommands(cluster.nanoTime());
        held = created;
        cluster.startHolding(this);
        return created;
    }

    private void stopHolding() {
        held = null;
        cluster.stopHolding(this);
    }

    /** The server executed the command, or refused it for a reason other than its slot. */
    void answered(RedisCommand command, @Nullable Object reply) {
        outcome.answered(command, reply);
        finish(command, true);
    }

    /** There will be no reply. */
    void failed(RedisCommand command, ChatException failure) {
        outcome.failed(command, failure);
        finish(command, false);
    }

    private void finish(RedisCommand command, boolean reached) {
        // redirected() sets "held" before it decrements the counter. So the thread that finishes the last command in
        // flight sees "held", and goes on with the held commands.
        if (inFlight.decrementAndGet() == 0 && held != null) {
            resume(command, reached);
        }
    }

    private synchronized void resume(RedisCommand command, boolean reached) {
        HeldCommands commands = held;
        if (commands == null) {
            return;
        }
        boolean probed = commands.isProbe(command);
        if (probed && reached) {
            commands.probeSucceeded();
        } else if (probed) {
            commands.probeFailed();
        }
        if (probed && reached && !command.asking()) {
            sendAll(commands);
        } else {
            sendProbe(commands);
        }
    }

    /** The server did not execute the command, because of its slot. */
    void redirected(RedisCommand command, Redirect redirect) {
        cluster.learnFrom(slot, redirect);
        takeBack(command, redirect);
        if (cluster.isClosed()) {
            close();
        }
    }

    private synchronized void takeBack(RedisCommand command, Redirect redirect) {
        HeldCommands commands = held;
        if (commands == null) {
            commands = startHolding();
        }
        command.asking(false);
        commands.takeBack(command, redirect, cluster.nanoTime());
        if (inFlight.decrementAndGet() == 0) {
            sendProbe(commands);
        }
    }

    /** Sends the oldest command alone, unless a pause is due. */
    private void sendProbe(HeldCommands commands) {
        if (inFlight.get() > 0 || commands.isPausedAt(cluster.nanoTime())) {
            return;
        }
        RedisCommand next = commands.poll();
        if (next == null) {
            stopHolding();
            return;
        }
        HostAndPort ask = commands.askAddress();
        Server server = ask == null ? cluster.owner(slot) : cluster.askTarget(ask);
        next.asking(ask != null);
        commands.startProbe(next);
        if (server == null || !sendTo(server, next)) {
            next.asking(false);
            commands.putBack(next, cluster.nanoTime());
        }
    }

    private void sendAll(HeldCommands commands) {
        for (RedisCommand next = commands.poll(); next != null; next = commands.poll()) {
            if (!sendToOwner(next)) {
                commands.putBack(next, cluster.nanoTime());
                return;
            }
        }
        stopHolding();
    }

    /** Fails held commands after their timeout, and sends the next probe when its pause is over. */
    void checkHeld() {
        ChatException failure = new ChatException(ErrorCode.UNAVAILABLE, "Redis did not answer in time");
        takeLate().forEach(command -> outcome.failed(command, failure));
    }

    private synchronized List<RedisCommand> takeLate() {
        HeldCommands commands = held;
        if (commands == null) {
            return List.of();
        }
        List<RedisCommand> late = commands.takeLate();
        sendProbe(commands);
        return late;
    }

    /** Fails all held commands. Call this after the cluster is closed. */
    void close() {
        ChatException failure = new ChatException(ErrorCode.UNAVAILABLE, "the connections to Redis are closed");
        takeHeld().forEach(command -> outcome.failed(command, failure));
    }

    private synchronized List<RedisCommand> takeHeld() {
        HeldCommands commands = held;
        return commands == null ? List.of() : commands.takeAll();
    }
}
