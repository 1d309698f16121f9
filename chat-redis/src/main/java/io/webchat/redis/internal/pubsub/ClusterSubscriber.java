package io.webchat.redis.internal.pubsub;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.redis.internal.client.ClientSettings;
import io.webchat.redis.internal.client.cluster.ClusterTopology;
import io.webchat.redis.internal.client.cluster.Redirect;
import io.webchat.redis.internal.client.cluster.Redirect.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.util.JedisClusterCRC16;

/**
 * Subscribes to the channels of a cluster, each at the master that owns its slot, over one connection per master. When
 * a slot moves by a migration or a failover, its channels follow, and their owner learns of the interruption.
 */
public final class ClusterSubscriber implements ChannelSubscriber {
    private final ClientSettings settings;
    private final ClusterTopology topology;
    private final Owner owner;
    private final Map<HostAndPort, MasterSubscriber> masters = new ConcurrentHashMap<>();
    private final Map<String, ShardSubscription> subscriptions = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** A subscriber on this topology. The caller starts and closes the topology. */
    public ClusterSubscriber(ClientSettings settings, ClusterTopology topology, Owner owner) {
        this.settings = settings;
        this.topology = topology;
        this.owner = owner;
        topology.listen(this::followSlots);
    }

    @Override
    public CompletableFuture<Void> join(String channel) {
        ShardSubscription current = subscriptions.compute(channel, this::wantedOrNone);
        return current == null || closed
                ? CompletableFuture.failedFuture(unavailable("the subscription was cancelled"))
                : current.join();
    }

    @Override
    public CompletableFuture<Void> leave(String channel) {
        ShardSubscription[] removed = new ShardSubscription[1];
        subscriptions.computeIfPresent(channel, (name, current) -> {
            removed[0] = owner.wanted(name) ? null : current;
            return removed[0] == null ? current : null;
        });
        return removed[0] == null ? CompletableFuture.completedFuture(null) : removed[0].leave();
    }

    /** Runs under the map's lock for the channel, so the last caller's decision wins. */
    private @Nullable ShardSubscription wantedOrNone(String channel, @Nullable ShardSubscription current) {
        if (current == null) {
            return owner.wanted(channel) ? new ShardSubscription(channel, this) : null;
        }
        return current;
    }

    /** The master that owns the channel's slot; null if it is unknown, and after close. */
    @Nullable
    MasterSubscriber masterFor(String channel) {
        HostAndPort address = topology.owner(slot(channel));
        return address == null ? null : master(address);
    }

    private synchronized @Nullable MasterSubscriber master(HostAndPort address) {
        return closed
                ? null
                : masters.computeIfAbsent(address, to -> new MasterSubscriber(to, settings, topology, this));
    }

    private static int slot(String channel) {
        return JedisClusterCRC16.getSlot(channel.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether the channel is wanted, and is subscribed at this master. */
    boolean isAt(String channel, MasterSubscriber master) {
        ShardSubscription current = subscriptions.get(channel);
        return current != null && current.master() == master && owner.wanted(channel);
    }

    void message(String channel, byte[] payload) {
        owner.message(channel, payload);
    }

    void resubscribed(String channel) {
        owner.resubscribed(channel);
    }

    /** A master does not serve a channel any more. */
    void notServedBy(String channel, MasterSubscriber master, @Nullable JedisDataException why) {
        Redirect redirect = Redirect.in(why, master.address());
        if (why != null && redirect == null) {
            owner.notServed(channel, why);
            return;
        }
        HostAndPort target = redirect == null ? null : redirect.target();
        if (redirect != null && redirect.kind() == Kind.MOVED && target != null) {
            topology.moved(slot(channel), target);
        } else {
            topology.refresh();
        }
        ShardSubscription current = subscriptions.get(channel);
        if (current != null && current.master() == master) {
            current.interrupted();
        }
    }

    /** Whether another attempt is useless: the server refused, and the reply is no redirect. */
    static boolean isFinal(@Nullable Throwable failure) {
        return failure instanceof ChannelNotServedException
                && failure.getCause() instanceof JedisDataException why
                && Redirect.in(why, new HostAndPort("", 0)) == null;
    }

    /** Moves the channels whose slot has another owner, and closes the connections to former owners. */
    private void followSlots() {
        subscriptions.forEach((channel, current) -> {
            HostAndPort address = topology.owner(slot(channel));
            MasterSubscriber master = current.master();
            if (master != null && address != null && !address.equals(master.address())) {
                current.interrupted();
            }
        });
        closeIdle();
    }

    private synchronized void closeIdle() {
        Set<HostAndPort> owners = topology.masters();
        Set<@Nullable MasterSubscriber> used =
                subscriptions.values().stream().map(ShardSubscription::master).collect(Collectors.toSet());
        masters.values().removeIf(master -> {
            boolean idle = !owners.contains(master.address()) && !used.contains(master);
            if (idle) {
                master.close();
            }
            return idle;
        });
    }

    private static ChatException unavailable(String why) {
        return new ChatException(ErrorCode.UNAVAILABLE, why);
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        masters.values().forEach(MasterSubscriber::close);
        subscriptions.values().forEach(each -> {
            var unused = each.leave();
        });
    }
}
