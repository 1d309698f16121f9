package io.webchat.redis.internal.client.cluster;

import io.webchat.redis.internal.client.ClientSettings;
import io.webchat.redis.internal.client.ConnectionFactory;
import io.webchat.redis.internal.client.OutageLog;
import io.webchat.redis.internal.client.ReconnectDelay;
import io.webchat.redis.internal.client.ServerConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Knows which server of a cluster owns which slot. A thread asks the nodes every minute. It asks soon after a lost
 * connection or a moved slot, and often while the owner of a slot is unreachable. Only the reply of a node that reports
 * {@code cluster_state:ok} counts.
 *
 * <p>Safe for use by many threads. Only the topology's own thread blocks.
 */
public final class ClusterTopology implements ConnectionFactory {
    private static final Logger log = LoggerFactory.getLogger(ClusterTopology.class);
    private static final Duration NORMAL_INTERVAL = Duration.ofMinutes(1);
    private static final Duration OUTAGE_INTERVAL = Duration.ofMillis(300);

    /** The shortest time between two rounds, however many callers want one. */
    private static final Duration SHORTEST = Duration.ofMillis(100);

    private final ClientSettings settings;
    private final AtomicReferenceArray<@Nullable HostAndPort> owners =
            new AtomicReferenceArray<>(Protocol.CLUSTER_HASHSLOTS);
    private final Map<HostAndPort, OutageLog> outages = new ConcurrentHashMap<>();

    /** Servers to which the last attempt to connect failed. */
    private final Set<HostAndPort> lost = ConcurrentHashMap.newKeySet();

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Semaphore refreshRequests = new Semaphore(0);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ReconnectDelay reconnectDelay = new ReconnectDelay();
    private final Thread thread = new Thread(this::run, "webchat-redis-topology");

    private volatile Set<HostAndPort> masters = Set.of();
    private volatile @Nullable HostAndPort informedNode;
    private volatile @Nullable ServerConnection asking;
    private boolean reportedDown;
    private boolean failing;

    /** A topology that asks its first node at {@link #start}. */
    public ClusterTopology(ClientSettings settings) {
        this.settings = settings;
        thread.setDaemon(true);
    }

    /** Starts the thread. */
    public void start() {
        thread.start();
    }

    /** Adds a listener, which the topology's thread calls after each round. It must not block. */
    public void listen(Runnable listener) {
        listeners.add(listener);
    }

    /** The log of the outages of one server. */
    public OutageLog outages(HostAndPort server) {
        return outages.computeIfAbsent(server, any -> new OutageLog());
    }

    /** The server that owns a slot; null while that is unknown. */
    public @Nullable HostAndPort owner(int slot) {
        return owners.get(slot);
    }

    /** All servers that own a slot, according to the last round. */
    public Set<HostAndPort> masters() {
        return masters;
    }

    /** A server reports that another server owns the slot. */
    public void moved(int slot, HostAndPort to) {
        owners.set(slot, to);
        informedNode = to;
        refresh();
    }

    /** Makes the thread ask the nodes soon. */
    public void refresh() {
        if (refreshRequests.availablePermits() == 0) {
            refreshRequests.release();
        }
    }

    /**
     * Connects to this server and logs in. While that fails, the thread often asks the nodes for the server's
     * successor.
     *
     * @throws JedisException if there is no connection
     */
    public ServerConnection connect(HostAndPort server) {
        try {
            ServerConnection connection = settings.connect(server);
            lost.remove(server);
            return connection;
        } catch (RuntimeException | Error e) {
            lost.add(server);
            refresh();
            throw e;
        }
    }

    private void run() {
        try {
            boolean found = tryToAskNodes();
            while (!pause(found ? SHORTEST : reconnectDelay.next())) {
                Duration interval = found && Collections.disjoint(lost, masters) ? NORMAL_INTERVAL : OUTAGE_INTERVAL;
                if (refreshRequests.tryAcquire(masters.isEmpty() ? 0 : interval.toMillis(), TimeUnit.MILLISECONDS)) {
                    refreshRequests.drainPermits();
                }
                found = tryToAskNodes();
            }
        } catch (InterruptedException e) {
            closed.countDown();
        }
    }

    private boolean tryToAskNodes() {
        try {
            boolean found = askNodes();
            failing = false;
            return found;
        } catch (RuntimeException | Error e) {
            // An exception would end the thread, and later moves of slots would go unnoticed.
            if (!failing) {
                log.error(
                        "cannot ask the Redis cluster for the owners of its slots; further failures are not logged", e);
            }
            failing = true;
            return false;
        } finally {
            // A password supplier may have interrupted the thread. close() counts down the latch before it interrupts.
            boolean unused = Thread.interrupted();
        }
    }

    /** Returns whether the topology was closed meanwhile. */
    private boolean pause(Duration time) throws InterruptedException {
        return closed.await(Math.min(time.toMillis(), 5 * SHORTEST.toMillis()), TimeUnit.MILLISECONDS);
    }

    private boolean askNodes() {
        ClusterView better = null;
        for (HostAndPort each : candidates()) {
            ClusterView view = ask(each);
            if (view != null && (better == null || view.ok())) {
                better = view;
            }
            if (view != null && view.ok()) {
                break;
            }
        }
        boolean found = better != null && better.ok();
        // At the start, the view of a cluster that is not ok is better than none.
        if (better != null && (found || masters.isEmpty())) {
            apply(better.ranges());
        }
        logState(found);
        listeners.forEach(Runnable::run);
        return found;
    }

    /** All known nodes. Nodes that are likely to know, and to answer at once, come first. */
    private Collection<HostAndPort> candidates() {
        List<HostAndPort> known = new ArrayList<>(masters);
        Collections.shuffle(known);
        Set<HostAndPort> all = new LinkedHashSet<>();
        HostAndPort first = informedNode;
        if (first != null) {
            all.add(first);
        }
        all.addAll(known);
        all.addAll(settings.servers());
        List<HostAndPort> unreachable = new ArrayList<>(lost);
        unreachable.retainAll(all);
        all.removeAll(unreachable);
        all.addAll(unreachable);
        return all;
    }

    private @Nullable ClusterView ask(HostAndPort node) {
        if (closed.getCount() == 0) {
            return null;
        }
        try (ServerConnection now = settings.connect(node)) {
            asking = now;
            return ClusterView.of(now);
        } catch (JedisException e) {
            log.debug("{} does not report the state of its cluster", node, e);
            return null;
        } finally {
            asking = null;
        }
    }

    private void apply(List<ClusterView.Range> ranges) {
        HostAndPort[] next = new HostAndPort[owners.length()];
        Set<HostAndPort> all = new HashSet<>();
        for (ClusterView.Range each : ranges) {
            all.add(each.owner());
            Arrays.fill(next, each.first(), each.last() + 1, each.owner());
        }
        for (int slot = 0; slot < next.length; slot++) {
            owners.set(slot, next[slot]);
        }
        masters = Set.copyOf(all);
        informedNode = null;
    }

    private void logState(boolean found) {
        if (found) {
            reconnectDelay.reset();
        }
        if (found == reportedDown) {
            reportedDown = !found;
            if (found) {
                log.info("the Redis cluster is ok again");
            } else if (closed.getCount() > 0) {
                log.warn("no node reports that the Redis cluster is ok; asked {}; retrying", candidates());
            }
        }
    }

    /**
     * The masters and their slots, as this node knows them.
     *
     * @throws JedisException if the node does not tell
     */
    public static Map<HostAndPort, BitSet> slotsOfMasters(ServerConnection connection) {
        Map<HostAndPort, BitSet> slots = new LinkedHashMap<>();
        ClusterView.of(connection)
                .ranges()
                .forEach(range -> slots.computeIfAbsent(range.owner(), any -> new BitSet())
                        .set(range.first(), range.last() + 1));
        return slots;
    }

    /** Connects to the first node of the cluster that answers. */
    @Override
    public ServerConnection connect() {
        JedisException failure = new JedisConnectionException("no node of the Redis cluster answers");
        for (HostAndPort each : candidates()) {
            try {
                return settings.connect(each);
            } catch (JedisException e) {
                failure.addSuppressed(e);
            }
        }
        throw failure;
    }

    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
        ServerConnection now = asking;
        if (now != null) {
            now.drop();
        }
    }
}
