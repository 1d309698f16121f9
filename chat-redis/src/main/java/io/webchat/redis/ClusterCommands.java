package io.webchat.redis;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The masters of a cluster, each with connections of its own, made when the first call goes there. Every slot has a
 * {@link Lane}, made with the slot's first call. A master that owns no slot any more is retired; what it has not
 * answered goes out again, to who owns the slot now.
 */
final class ClusterCommands implements Commands, Lane.Roads {
    /** How long a retired server may take over the replies to what it has been sent. */
    private static final long GRACE_MILLIS = 500;

    private final RedisConfig config;
    private final Topology topology;
    private final Budget budget;
    private final Replies replies;
    private final ScheduledThreadPoolExecutor timer;
    private final StalledLanes stalled;
    private final AtomicReferenceArray<@Nullable Lane> lanes = new AtomicReferenceArray<>(Protocol.CLUSTER_HASHSLOTS);
    private final Map<HostAndPort, Master> masters = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** On a topology that the caller starts and closes. */
    ClusterCommands(RedisConfig config, Topology topology) {
        this.config = config;
        this.topology = topology;
        this.budget = new Budget(config.maxWaiting(), config.maxWaitingBytes());
        this.replies = new Replies(budget);
        this.timer = new ScheduledThreadPoolExecutor(
                1, ClusterCommands::timerThread, new ThreadPoolExecutor.DiscardPolicy());
        this.stalled = new StalledLanes(timer);
        topology.listen(this::retire);
    }

    private static Thread timerThread(Runnable task) {
        Thread thread = new Thread(task, "webchat-redis-lanes");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public CompletableFuture<Object> send(Call call) {
        if (closed) {
            return CompletableFuture.failedFuture(closedNow());
        }
        if (!budget.take(call)) {
            return CompletableFuture.failedFuture(
                    new ChatException(ErrorCode.UNAVAILABLE, "too much waits for Redis, try again"));
        }
        call.expiresIn(config.commandTimeout());
        Lane lane = lane(call);
        lane.submit(call);
        if (closed) {
            lane.close(closedNow());
        }
        return call.reply();
    }

    private static ChatException closedNow() {
        return new ChatException(ErrorCode.UNAVAILABLE, "the connections to Redis were closed");
    }

    private Lane lane(Call call) {
        Lane there = lanes.get(call.slot());
        if (there != null) {
            return there;
        }
        Lane fresh = new Lane(call.slot(), this, replies);
        Lane other = lanes.compareAndExchange(call.slot(), null, fresh);
        return other == null ? fresh : other;
    }

    @Override
    public Lane.@Nullable Server owner(int slot) {
        HostAndPort owner = topology.owner(slot);
        return owner == null ? null : master(owner);
    }

    @Override
    public Lane.@Nullable Server asked(HostAndPort address) {
        Master master = master(address);
        if (master != null) {
            master.asked();
        }
        return master;
    }

    private @Nullable Master master(HostAndPort address) {
        Master there = masters.get(address);
        return there == null ? connect(address) : there;
    }

    private synchronized @Nullable Master connect(HostAndPort address) {
        return closed
                ? null
                : masters.computeIfAbsent(
                        address, to -> new Master(to, () -> wire(to), config.connections(), this::lane));
    }

    /** Connects; while it cannot, the topology looks for a successor. */
    private Wire wire(HostAndPort to) {
        try {
            Wire wire = new Wire(to, config.jedis());
            topology.reached(to);
            return wire;
        } catch (JedisException e) {
            topology.lost(to);
            throw e;
        }
    }

    @Override
    public void heard(int slot, Redirect why) {
        HostAndPort target = why.target();
        if (why.kind() == Redirect.Kind.MOVED && target != null) {
            topology.moved(slot, target);
        } else if (why.kind() == Redirect.Kind.MOVED || why.kind() == Redirect.Kind.DOWN) {
            topology.refresh();
        }
    }

    private synchronized void retire() {
        Set<HostAndPort> owners = topology.masters();
        masters.forEach((address, master) -> {
            if (!owners.contains(address) && !master.askedLately()) {
                masters.remove(address);
                master.retire();
                var unused = timer.schedule(master::close, GRACE_MILLIS, TimeUnit.MILLISECONDS);
            }
        });
    }

    @Override
    public void stalled(Lane lane) {
        stalled.add(lane);
    }

    @Override
    public void flows(Lane lane) {
        stalled.remove(lane);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public synchronized void close() {
        closed = true;
        timer.shutdownNow();
        masters.values().forEach(Master::close);
        IntStream.range(0, lanes.length()).forEach(slot -> {
            Lane lane = lanes.get(slot);
            if (lane != null) {
                lane.close(closedNow());
            }
        });
    }
}
