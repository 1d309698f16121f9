package io.webchat.redis.internal.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
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
 * Which server of a cluster owns which slot. A thread of its own asks the nodes: every minute, soon after somebody met
 * a server that is gone or a slot that has moved, and again and again while an owner cannot be reached. Only the word
 * of a node counts that finds the whole cluster in order.
 *
 * <p>Safe for use by many threads; nothing but that thread ever blocks.
 */
public final class ClusterTopology implements ConnectionFactory {
    private static final Logger log = LoggerFactory.getLogger(ClusterTopology.class);
    private static final Duration CALM = Duration.ofMinutes(1);
    private static final Duration TROUBLED = Duration.ofMillis(300);

    /** However many ask for it, the nodes are not asked more often than this. */
    private static final Duration AT_MOST = Duration.ofMillis(100);

    private final ClientSettings settings;
    private final AtomicReferenceArray<@Nullable HostAndPort> owners =
            new AtomicReferenceArray<>(Protocol.CLUSTER_HASHSLOTS);
    private final Set<HostAndPort> lost = ConcurrentHashMap.newKeySet();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Semaphore wanted = new Semaphore(0);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ReconnectDelay reconnectDelay = new ReconnectDelay();
    private final Thread thread = new Thread(this::run, "webchat-redis-topology");

    private volatile Set<HostAndPort> masters = Set.of();
    private volatile @Nullable HostAndPort wellInformed;
    private volatile @Nullable ServerConnection wire;
    private boolean complained;
    private boolean failing;

    /** A topology that begins to ask at {@link #start}. */
    public ClusterTopology(ClientSettings settings) {
        this.settings = settings;
        thread.setDaemon(true);
    }

    /** Starts to ask. */
    public void start() {
        thread.start();
    }

    /** Has this called after each time that the nodes were asked, on the topology's thread; it must not block. */
    public void listen(Runnable listener) {
        listeners.add(listener);
    }

    /** The server that owns a slot; null while that is unknown. */
    @Nullable
    public HostAndPort owner(int slot) {
        return owners.get(slot);
    }

    /** All that own a slot, according to the last answer. */
    public Set<HostAndPort> masters() {
        return masters;
    }

    /** A server says that another one owns the slot. */
    public void moved(int slot, HostAndPort to) {
        owners.set(slot, to);
        wellInformed = to;
        refresh();
    }

    /** Asks the nodes soon. */
    public void refresh() {
        if (wanted.availablePermits() == 0) {
            wanted.release();
        }
    }

    /**
     * A new connection to this server, logged in. As long as there is none to be had, the nodes are asked often for its
     * successor.
     *
     * @throws JedisException when there is none to be had
     */
    public ServerConnection connect(HostAndPort server) {
        try {
            ServerConnection made = settings.connect(server);
            lost.remove(server);
            return made;
        } catch (RuntimeException | Error e) {
            lost.add(server);
            refresh();
            throw e;
        }
    }

    private void run() {
        try {
            boolean found = tryToLook();
            while (!pause(found ? AT_MOST : reconnectDelay.next())) {
                Duration patience = found && Collections.disjoint(lost, masters) ? CALM : TROUBLED;
                if (wanted.tryAcquire(masters.isEmpty() ? 0 : patience.toMillis(), TimeUnit.MILLISECONDS)) {
                    wanted.drainPermits();
                }
                found = tryToLook();
            }
        } catch (InterruptedException e) {
            closed.countDown();
        }
    }

    private boolean tryToLook() {
        try {
            boolean found = look();
            failing = false;
            return found;
        } catch (RuntimeException | Error e) {
            // Thrown on, it would end the thread, and nobody would notice what moves from then on.
            if (!failing) {
                log.error("could not ask the Redis cluster who owns what; more failures may follow unlogged", e);
            }
            failing = true;
            return false;
        } finally {
            // What the host supplies may have interrupted the thread. Who closes this has said so before he interrupts.
            boolean unused = Thread.interrupted();
        }
    }

    /** Whether it was closed meanwhile. */
    private boolean pause(Duration time) throws InterruptedException {
        return closed.await(Math.min(time.toMillis(), 5 * AT_MOST.toMillis()), TimeUnit.MILLISECONDS);
    }

    private boolean look() {
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
        // To begin with, a view of a cluster that is not in order is better than none.
        if (better != null && (found || masters.isEmpty())) {
            apply(better.ranges());
        }
        judge(found);
        listeners.forEach(Runnable::run);
        return found;
    }

    /** Those first that are likely to know, and to answer at once. */
    private Collection<HostAndPort> candidates() {
        List<HostAndPort> known = new ArrayList<>(masters);
        Collections.shuffle(known);
        Set<HostAndPort> all = new LinkedHashSet<>();
        HostAndPort first = wellInformed;
        if (first != null) {
            all.add(first);
        }
        all.addAll(known);
        all.addAll(settings.servers());
        List<HostAndPort> gone = new ArrayList<>(lost);
        gone.retainAll(all);
        all.removeAll(gone);
        all.addAll(gone);
        return all;
    }

    private @Nullable ClusterView ask(HostAndPort node) {
        if (closed.getCount() == 0) {
            return null;
        }
        try (ServerConnection now = settings.connect(node)) {
            wire = now;
            return ClusterView.of(now);
        } catch (JedisException e) {
            log.debug("{} does not tell about its cluster", node, e);
            return null;
        } finally {
            wire = null;
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
        wellInformed = null;
    }

    private void judge(boolean found) {
        if (found) {
            reconnectDelay.reset();
        }
        if (found == complained) {
            complained = !found;
            if (found) {
                log.info("the Redis cluster is in order again");
            } else if (closed.getCount() > 0) {
                log.warn("no node of the Redis cluster finds it in order; asked were {}", candidates());
            }
        }
    }

    /** A connection to some node of the cluster, whichever answers first. */
    @Override
    public ServerConnection connect() {
        JedisException failure = new JedisConnectionException("no node of the cluster answers");
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
        ServerConnection now = wire;
        if (now != null) {
            now.drop();
        }
    }
}
