package io.webchat.redis;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol;

/**
 * The masters of a cluster, each with connections of its own, made when the first call goes there. Every slot has a
 * {@link Lane}, made with the slot's first call. A master that owns no slot any more is retired; what it has not
 * answered goes out again, to who owns the slot now.
 */
final class ClusterCommands implements Commands, Lane.Roads {
    /** How long a retired server may take over the replies to what it has been sent. */
    private static final Duration GRACE = Duration.ofMillis(500);

    private final RedisConfig config;
    private final Topology topology;
    private final Budget budget;
    private final Replies replies;
    private final Watch watch;
    private final Set<Lane> stalled = ConcurrentHashMap.newKeySet();
    private final AtomicReferenceArray<@Nullable Lane> lanes = new AtomicReferenceArray<>(Protocol.CLUSTER_HASHSLOTS);
    private final Map<HostAndPort, Master> masters = new ConcurrentHashMap<>();

    /** Those that may still answer. */
    private final Set<Master> retired = ConcurrentHashMap.newKeySet();

    private volatile boolean closed;

    /** On a topology that the caller starts and closes. */
    ClusterCommands(RedisConfig config, Topology topology) {
        this.config = config;
        this.topology = topology;
        this.budget = new Budget(config.maxWaiting(), config.maxWaitingBytes());
        this.replies = new Replies(budget);
        this.watch = new Watch(config.commandTimeout());
        var unused = watch.over(() -> stalled.forEach(Lane::tick));
        topology.listen(this::retire);
    }

    @Override
    public CompletableFuture<Object> send(Call call) {
        if (!budget.take(call)) {
            return CompletableFuture.failedFuture(
                    new ChatException(ErrorCode.UNAVAILABLE, "too much waits for Redis, try again"));
        }
        call.expiresIn(config.commandTimeout());
        lane(call).submit(call);
        return call.reply();
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
                        address, to -> new Master(to, () -> topology.connect(to), config, watch, this::lane));
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
        if (closed) {
            return;
        }
        Set<HostAndPort> owners = topology.masters();
        masters.forEach((address, master) -> {
            if (!owners.contains(address) && !master.askedLately()) {
                masters.remove(address);
                retired.add(master);
                master.retire();
                watch.later(GRACE, () -> end(master));
            }
        });
    }

    private void end(Master master) {
        retired.remove(master);
        master.close();
    }

    @Override
    public boolean isClosed() {
        return closed;
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
    public void close() {
        synchronized (this) {
            closed = true;
        }
        masters.values().forEach(Master::close);
        retired.forEach(Master::close);
        IntStream.range(0, lanes.length()).forEach(slot -> {
            Lane lane = lanes.get(slot);
            if (lane != null) {
                lane.close();
            }
        });
        watch.close();
    }
}
