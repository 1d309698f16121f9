package io.webchat.redis.internal.client;

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
 * {@link SlotQueue}, made with the slot's first call. A master that owns no slot any more is retired; what it has not
 * answered goes out again, to who owns the slot now.
 */
public final class ClusterClient implements CommandClient, SlotQueue.Roads {
    /** How long a retired server may take over the replies to what it has been sent. */
    private static final Duration GRACE = Duration.ofMillis(500);

    private final ClientSettings settings;
    private final ClusterTopology topology;
    private final InFlightLimit budget;
    private final CommandCompleter replies;
    private final TimeoutMonitor watch;
    private final Set<SlotQueue> stalled = ConcurrentHashMap.newKeySet();
    private final AtomicReferenceArray<@Nullable SlotQueue> lanes =
            new AtomicReferenceArray<>(Protocol.CLUSTER_HASHSLOTS);
    private final Map<HostAndPort, MasterConnections> masters = new ConcurrentHashMap<>();

    /** Those that may still answer. */
    private final Set<MasterConnections> retired = ConcurrentHashMap.newKeySet();

    private volatile boolean closed;

    /** On a topology that the caller starts and closes. */
    public ClusterClient(ClientSettings settings, ClusterTopology topology) {
        this.settings = settings;
        this.topology = topology;
        this.budget = new InFlightLimit(settings.maxInFlight(), settings.maxInFlightBytes());
        this.replies = new CommandCompleter(budget);
        this.watch = new TimeoutMonitor(settings.commandTimeout());
        var unused = watch.over(() -> stalled.forEach(SlotQueue::tick));
        topology.listen(this::retire);
    }

    @Override
    public CompletableFuture<Object> send(RedisCommand call) {
        if (!budget.take(call)) {
            return CompletableFuture.failedFuture(
                    new ChatException(ErrorCode.UNAVAILABLE, "too much waits for Redis, try again"));
        }
        call.expiresIn(settings.commandTimeout());
        lane(call).submit(call);
        return call.reply();
    }

    private SlotQueue lane(RedisCommand call) {
        SlotQueue there = lanes.get(call.slot());
        if (there != null) {
            return there;
        }
        SlotQueue fresh = new SlotQueue(call.slot(), this, replies);
        SlotQueue other = lanes.compareAndExchange(call.slot(), null, fresh);
        return other == null ? fresh : other;
    }

    @Override
    public SlotQueue.@Nullable Server owner(int slot) {
        HostAndPort owner = topology.owner(slot);
        return owner == null ? null : master(owner);
    }

    @Override
    public SlotQueue.@Nullable Server asked(HostAndPort address) {
        MasterConnections master = master(address);
        if (master != null) {
            master.asked();
        }
        return master;
    }

    private @Nullable MasterConnections master(HostAndPort address) {
        MasterConnections there = masters.get(address);
        return there == null ? connect(address) : there;
    }

    private synchronized @Nullable MasterConnections connect(HostAndPort address) {
        return closed
                ? null
                : masters.computeIfAbsent(
                        address,
                        to -> new MasterConnections(to, () -> topology.connect(to), settings, watch, this::lane));
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

    private void end(MasterConnections master) {
        retired.remove(master);
        master.close();
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void stalled(SlotQueue lane) {
        stalled.add(lane);
    }

    @Override
    public void flows(SlotQueue lane) {
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
        masters.values().forEach(MasterConnections::close);
        retired.forEach(MasterConnections::close);
        IntStream.range(0, lanes.length()).forEach(slot -> {
            SlotQueue lane = lanes.get(slot);
            if (lane != null) {
                lane.close();
            }
        });
        watch.close();
    }
}
