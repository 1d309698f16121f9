package io.webchat.redis.internal.client.cluster;

import io.webchat.redis.internal.client.RedisCommand;
import io.webchat.redis.internal.client.cluster.Redirect.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

/**
 * The commands that a {@link SlotQueue} holds, in order, and the time and address of the next probe. Guarded by the
 * slot queue.
 */
final class HeldCommands {
    private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

    /** Longer, because while the cluster is down the queues of all slots may send probes. */
    private static final long LONGEST_PAUSE_WHEN_DOWN = TimeUnit.MILLISECONDS.toNanos(400);

    /** After so many MOVED in a row the servers disagree about the owner, so the next probe waits. */
    private static final int MOVES_WITHOUT_PAUSE = 4;

    /** Commands that were sent and came back. They are older than those in {@link #unsent}. */
    private final Deque<RedisCommand> returned = new ArrayDeque<>();

    private final Deque<RedisCommand> unsent = new ArrayDeque<>();

    private @Nullable RedisCommand probe;
    private @Nullable HostAndPort askAddress;
    private long retryAt;
    private long pause;
    private int moves;

    HeldCommands(long now) {
        retryAt = now;
    }

    void add(RedisCommand command) {
        unsent.add(command);
    }

    /** Removes and returns the oldest command; null if there is none. */
    @Nullable
    RedisCommand poll() {
        RedisCommand next = returned.poll();
        return next == null ? unsent.poll() : next;
    }

    /** Takes back the command that {@link #poll} returned last. */
    void putBack(RedisCommand command, long now) {
        probe = null;
        returned.addFirst(command);
        pause(now, LONGEST_PAUSE);
    }

    void startProbe(RedisCommand command) {
        probe = command;
        askAddress = null;
    }

    boolean isProbe(RedisCommand command) {
        return probe == command;
    }

    /** A server executed the probe. */
    void probeSucceeded() {
        probe = null;
        moves = 0;
        pause = 0;
    }

    void probeFailed() {
        probe = null;
    }

    /** Takes a command that was sent and redirected. */
    void takeBack(RedisCommand command, Redirect redirect, long now) {
        if (isProbe(command)) {
            probe = null;
            returned.addFirst(command);
            askAddress = redirect.kind() == Kind.ASK ? redirect.target() : null;
            moves += redirect.kind() == Kind.MOVED ? 1 : 0;
        } else {
            returned.addLast(command);
        }
        if (redirect.kind() == Kind.TRY_AGAIN || moves > MOVES_WITHOUT_PAUSE) {
            pause(now, LONGEST_PAUSE);
        } else if (redirect.kind() == Kind.DOWN) {
            pause(now, LONGEST_PAUSE_WHEN_DOWN);
        }
    }

    /** Pauses for a random time, so the queues of one server do not all come back at once. */
    private void pause(long now, long longest) {
        pause = Math.min(longest, Math.max(SHORTEST_PAUSE, 2 * pause));
        retryAt = now + pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2);
    }

    boolean isPausedAt(long now) {
        return now - retryAt < 0;
    }

    /** The server for the next probe; null for the owner of the slot. */
    @Nullable
    HostAndPort askAddress() {
        return askAddress;
    }

    /** Removes and returns the commands that have timed out. */
    List<RedisCommand> takeLate() {
        List<RedisCommand> late = new ArrayList<>();
        for (Queue<RedisCommand> each : List.of(returned, unsent)) {
            for (RedisCommand head = each.peek(); head != null && head.isLate(); head = each.peek()) {
                late.add(head);
                each.remove();
                askAddress = null;
            }
        }
        return late;
    }

    /** Removes and returns all commands. */
    List<RedisCommand> takeAll() {
        List<RedisCommand> all = new ArrayList<>(returned);
        all.addAll(unsent);
        returned.clear();
        unsent.clear();
        return all;
    }
}
