package io.webchat.redis.internal.client;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

/**
 * The calls about one slot of a cluster, kept in order while the slot moves from server to server.
 *
 * <p>As a rule a call goes straight to the slot's owner. When a call is refused because the slot is elsewhere or on
 * its way, the lane <em>stalls</em>: it sends nothing more, collects what is refused of the calls that are under way,
 * and holds what comes new. When nothing is under way any more it sends the oldest call alone, to wherever the
 * refusal said. Once a call is carried out by the owner of the slot, the rest follow at once.
 *
 * <p>Two calls that were under way together change places if the first is refused and the second is not. That takes a
 * slot that comes back to a server, or a cluster that serves again, while a pipeline that the server has begun to
 * refuse is under way to it; or, while a slot is on its way, a second call about some of the first one's keys only.
 *
 * <p>While a slot is on its way Redis answers a call about several keys only when it finds all of them on one side; a
 * list that is empty does not exist, and so is on neither. Such calls, and all behind them, wait until the slot has
 * arrived, or their time is up.
 *
 * <p>Safe for use by many threads.
 */
final class SlotQueue {
    /** Where calls go. */
    interface Server {
        /** Takes a call, of which the lane will hear again. False if the server is not used any more. */
        boolean submit(RedisCommand call);
    }

    /** The cluster around the lane. No method blocks, or calls the lane. */
    interface Roads {
        /** The slot's owner, if one is known. */
        @Nullable
        Server owner(int slot);

        /** The server at the address that a call is to be asked for at; null after the end. */
        @Nullable
        Server asked(HostAndPort address);

        /** Whether nothing is to be held any more. */
        boolean isClosed();

        /** Learns from a refusal; the owner may be another one after this. */
        void heard(int slot, Redirect why);

        /** The lane wants to be ticked from now on. */
        void stalled(SlotQueue lane);

        /** The lane wants it no more. */
        void flows(SlotQueue lane);

        /** What {@link System#nanoTime} says. */
        long nanoTime();
    }

    private final int slot;
    private final Roads roads;
    private final RedisCommand.Listener outcome;
    private final AtomicInteger underWay = new AtomicInteger();

    /** Where all those are that are under way. Guarded by this, as the next. */
    private @Nullable Server current;

    private volatile @Nullable HeldCommands stall;

    SlotQueue(int slot, Roads roads, RedisCommand.Listener outcome) {
        this.slot = slot;
        this.roads = roads;
        this.outcome = outcome;
    }

    /** Takes a call; never blocks. */
    void submit(RedisCommand call) {
        sendOrHold(call);
        if (roads.isClosed()) {
            close();
        }
    }

    private synchronized void sendOrHold(RedisCommand call) {
        HeldCommands there = stall;
        if (there == null && !send(call)) {
            there = begin();
        }
        if (there != null) {
            there.add(call);
        }
    }

    /** Hands a call to the owner, unless calls are under way to another server, which they might overtake. */
    private boolean send(RedisCommand call) {
        Server owner = roads.owner(slot);
        return owner != null && (owner == current || underWay.get() == 0) && go(owner, call);
    }

    private boolean go(Server server, RedisCommand call) {
        current = server;
        underWay.incrementAndGet();
        boolean taken = server.submit(call);
        if (!taken) {
            underWay.decrementAndGet();
        }
        return taken;
    }

    private HeldCommands begin() {
        HeldCommands begun = new HeldCommands(roads.nanoTime());
        stall = begun;
        roads.stalled(this);
        return begun;
    }

    /** The call was carried out, or refused for a reason of its own. */
    void answered(RedisCommand call, @Nullable Object reply) {
        outcome.answered(call, reply);
        settled(call, true);
    }

    /** There will be no answer. */
    void failed(RedisCommand call, ChatException failure) {
        outcome.failed(call, failure);
        settled(call, false);
    }

    private void settled(RedisCommand call, boolean reached) {
        // Before a refusal is counted here, its stall is to be seen: whoever counts the last one sees to it.
        if (underWay.decrementAndGet() == 0 && stall != null) {
            goOn(call, reached);
        }
    }

    private synchronized void goOn(RedisCommand call, boolean reached) {
        HeldCommands there = stall;
        if (there == null) {
            return;
        }
        boolean probed = there.isProbe(call);
        if (probed && reached) {
            there.probed();
        } else if (probed) {
            there.forgetProbe();
        }
        if (probed && reached && !call.asking()) {
            release(there);
        } else {
            probe(there);
        }
    }

    /** The call was refused for a reason that has to do with its slot. */
    void refused(RedisCommand call, Redirect why) {
        roads.heard(slot, why);
        hold(call, why);
        if (roads.isClosed()) {
            close();
        }
    }

    private synchronized void hold(RedisCommand call, Redirect why) {
        HeldCommands there = stall;
        if (there == null) {
            there = begin();
        }
        call.asking(false);
        there.refused(call, why, roads.nanoTime());
        if (underWay.decrementAndGet() == 0) {
            probe(there);
        }
    }

    /** Sends the oldest call alone, if it is time to. */
    private void probe(HeldCommands there) {
        if (underWay.get() > 0 || there.pausesAt(roads.nanoTime())) {
            return;
        }
        RedisCommand next = there.poll();
        if (next == null) {
            end();
            return;
        }
        HostAndPort ask = there.ask();
        Server server = ask == null ? roads.owner(slot) : roads.asked(ask);
        next.asking(ask != null);
        there.probing(next);
        if (server == null || !go(server, next)) {
            next.asking(false);
            there.putBack(next, roads.nanoTime());
        }
    }

    private void release(HeldCommands there) {
        for (RedisCommand next = there.poll(); next != null; next = there.poll()) {
            if (!send(next)) {
                there.putBack(next, roads.nanoTime());
                return;
            }
        }
        end();
    }

    private void end() {
        stall = null;
        roads.flows(this);
    }

    /** Goes on where it is time to, and fails what is held and too late. To be called often while stalled. */
    void tick() {
        ChatException failure = new ChatException(ErrorCode.UNAVAILABLE, "Redis did not answer in time");
        late().forEach(call -> outcome.failed(call, failure));
    }

    private synchronized List<RedisCommand> late() {
        HeldCommands there = stall;
        if (there == null) {
            return List.of();
        }
        List<RedisCommand> late = there.takeLate();
        probe(there);
        return late;
    }

    /** Fails all that is held; to be called when the roads are closed. */
    void close() {
        ChatException failure = new ChatException(ErrorCode.UNAVAILABLE, "the connections to Redis were closed");
        held().forEach(call -> outcome.failed(call, failure));
    }

    private synchronized List<RedisCommand> held() {
        HeldCommands there = stall;
        return there == null ? List.of() : there.takeAll();
    }
}
