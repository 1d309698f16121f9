package io.webchat.redis.internal.client.cluster;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.redis.internal.client.ClientSettings;
import io.webchat.redis.internal.client.CommandClient;
import io.webchat.redis.internal.client.CommandCompleter;
import io.webchat.redis.internal.client.InFlightLimit;
import io.webchat.redis.internal.client.RedisCommand;
import io.webchat.redis.internal.client.TimeoutMonitor;
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
 * A client for a cluster. It connects to a master with the first command for that master, and makes a {@link SlotQueue}
 * with the first command for a slot. It retires a master that owns no slot any more. The commands without a reply then
 * go to the new owner of their slot.
 */
public final class ClusterClient implements CommandClient, SlotQueue.Cluster {
    /** The time in which a retired master may still reply. */
    private static final Duration GRACE = Duration.ofMillis(500);

    private final ClientSettings settings;
    private final ClusterTopology topology;
    private final InFlightLimit inFlight;
    private final CommandCompleter completer;
    private final TimeoutMonitor monitor;
    private final Set<SlotQueue> holding = ConcurrentHashMap.newKeySet();
    private final AtomicReferenceArray<@Nullable SlotQueue> slotQueues =
            new AtomicReferenceArray<>(Protocol.CLUSTER_HASHSLOTS);
    private final Map<HostAndPort, MasterConnections> masters = new ConcurrentHashMap<>();

    /** Retired masters that may still reply. */
    private final Set<MasterConnections> retired = ConcurrentHashMap.newKeySet();

    private volatile boolean closed;

    /** A client on this topology. The caller starts and closes the topology. */
    public ClusterClient(ClientSettings settings, ClusterTopology topology) {
        this.settings = settings;
        this.topology = topology;
        this.inFlight = new InFlightLimit(settings.maxInFlight(), settings.maxInFlightBytes());
        this.completer = new CommandCompleter(inFlight);
        this.monitor = new TimeoutMonitor(settings.commandTimeout());
        var unused = monitor.repeat(() -> holding.forEach(SlotQueue::checkHeld));
        topology.listen(this::retireMasters);
    }

    @Override
    public CompletableFuture<Object> send(RedisCommand command) {
        if (!inFlight.acquire(command)) {
            return CompletableFuture.failedFuture(
                    new ChatException(ErrorCode.UNAVAILABLE, "too many commands wait for Redis; try again later"));
        }
        command.expiresIn(settings.commandTimeout());
        slotQueue(command).submit(command);
        return command.reply();
    }

    private SlotQueue slotQueue(RedisCommand command) {
        SlotQueue known = slotQueues.get(command.slot());
        if (known != null) {
            return known;
        }
        SlotQueue created = new SlotQueue(command.slot(), this, completer);
        SlotQueue other = slotQueues.compareAndExchange(command.slot(), null, created);
        return other == null ? created : other;
    }

    @Override
    public SlotQueue.@Nullable Server owner(int slot) {
        HostAndPort owner = topology.owner(slot);
        return owner == null ? null : master(owner);
    }

    @Override
    public SlotQueue.@Nullable Server askTarget(HostAndPort address) {
        MasterConnections master = master(address);
        if (master != null) {
            master.noteAsk();
        }
        return master;
    }

    private @Nullable MasterConnections master(HostAndPort address) {
        MasterConnections known = masters.get(address);
        return known == null ? connect(address) : known;
    }

    private synchronized @Nullable MasterConnections connect(HostAndPort address) {
        return closed
                ? null
                : masters.computeIfAbsent(
                        address, to -> new MasterConnections(to, topology, settings, monitor, this::slotQueue));
    }

    @Override
    public void learnFrom(int slot, Redirect redirect) {
        HostAndPort target = redirect.target();
        if (redirect.kind() == Redirect.Kind.MOVED && target != null) {
            topology.moved(slot, target);
        } else if (redirect.kind() == Redirect.Kind.MOVED || redirect.kind() == Redirect.Kind.DOWN) {
            topology.refresh();
        }
    }

    private synchronized void retireMasters() {
        if (closed) {
            return;
        }
        Set<HostAndPort> owners = topology.masters();
        masters.forEach((address, master) -> {
            if (!owners.contains(address) && !master.wasAskedRecently()) {
                masters.remove(address);
                retired.add(master);
                master.retire();
                monitor.schedule(GRACE, () -> closeRetired(master));
            }
        });
    }

    private void closeRetired(MasterConnections master) {
        retired.remove(master);
        master.close();
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void startHolding(SlotQueue queue) {
        holding.add(queue);
    }

    @Override
    public void stopHolding(SlotQueue queue) {
        holding.remove(queue);
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
        IntStream.range(0, slotQueues.length()).forEach(slot -> {
            SlotQueue queue = slotQueues.get(slot);
            if (queue != null) {
                queue.close();
            }
        });
        monitor.close();
    }
}
