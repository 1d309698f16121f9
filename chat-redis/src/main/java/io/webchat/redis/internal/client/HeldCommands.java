package io.webchat.redis.internal.client;

import io.webchat.redis.internal.client.Redirect.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

/** The calls that a lane holds back, in order, and when and where it tries the next one. Guarded by its lane. */
final class HeldCommands {
    private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

    /** As many lanes may be stalled as there are slots: where all of them are, each asks less often. */
    private static final long LONGEST_PAUSE_WHEN_DOWN = TimeUnit.MILLISECONDS.toNanos(400);

    /** After so many in a row the servers disagree, and need a moment. */
    private static final int MOVES_AT_ONCE = 4;

    /** Those that had been sent already. */
    private final Deque<RedisCommand> refused = new ArrayDeque<>();

    /** Those that came later. */
    private final Deque<RedisCommand> fresh = new ArrayDeque<>();

    private @Nullable RedisCommand probe;
    private @Nullable HostAndPort ask;
    private long retryAt;
    private long pause;
    private int moves;

    HeldCommands(long now) {
        retryAt = now;
    }

    void add(RedisCommand call) {
        fresh.add(call);
    }

    /** The next call to send, which the stall holds no longer; null if there is none. */
    @Nullable
    RedisCommand poll() {
        RedisCommand next = refused.poll();
        return next == null ? fresh.poll() : next;
    }

    /** Takes back what {@link #poll} gave last. */
    void putBack(RedisCommand call, long now) {
        probe = null;
        refused.addFirst(call);
        pause(now, LONGEST_PAUSE);
    }

    void probing(RedisCommand call) {
        probe = call;
        ask = null;
    }

    /** Whether this call is the one that was sent alone. */
    boolean isProbe(RedisCommand call) {
        return probe == call;
    }

    /** The probe has been carried out. */
    void probed() {
        probe = null;
        moves = 0;
        pause = 0;
    }

    /** The probe failed. */
    void forgetProbe() {
        probe = null;
    }

    /** Takes a call that was sent, and refused. */
    void refused(RedisCommand call, Redirect why, long now) {
        if (isProbe(call)) {
            probe = null;
            refused.addFirst(call);
            ask = why.kind() == Kind.ASK ? why.target() : null;
            moves += why.kind() == Kind.MOVED ? 1 : 0;
        } else {
            refused.addLast(call);
        }
        if (why.kind() == Kind.TRY_AGAIN || moves > MOVES_AT_ONCE) {
            pause(now, LONGEST_PAUSE);
        } else if (why.kind() == Kind.DOWN) {
            pause(now, LONGEST_PAUSE_WHEN_DOWN);
        }
    }

    /** At random, so that the lanes of a server do not come back in one instant. */
    private void pause(long now, long longest) {
        pause = Math.min(longest, Math.max(SHORTEST_PAUSE, 2 * pause));
        retryAt = now + pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2);
    }

    boolean pausesAt(long now) {
        return now - retryAt < 0;
    }

    /** Where the next call is to be asked for; null for the slot's owner. */
    @Nullable
    HostAndPort ask() {
        return ask;
    }

    /** Removes those whose time is up. */
    List<RedisCommand> takeLate() {
        List<RedisCommand> late = new ArrayList<>();
        for (Queue<RedisCommand> each : List.of(refused, fresh)) {
            for (RedisCommand head = each.peek(); head != null && head.nanosLeft() <= 0; head = each.peek()) {
                late.add(head);
                each.remove();
                ask = null;
            }
        }
        return late;
    }

    /** Removes all. */
    List<RedisCommand> takeAll() {
        List<RedisCommand> all = new ArrayList<>(refused);
        all.addAll(fresh);
        refused.clear();
        fresh.clear();
        return all;
    }
}
