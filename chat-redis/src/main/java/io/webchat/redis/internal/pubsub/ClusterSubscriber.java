package io.webchat.redis.internal.pubsub;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.redis.internal.client.ClientSettings;
import io.webchat.redis.internal.client.ClusterTopology;
import io.webchat.redis.internal.client.Redirect;
import io.webchat.redis.internal.client.Redirect.Kind;
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
 * The channels of a cluster, each subscribed on the master that owns its slot, over one connection per master. When the
 * slot moves, by a migration or because a replica took over, the channel follows, and its owner is told that it was
 * interrupted.
 */
public final class ClusterSubscriber implements ChannelSubscriber {
    private final ClientSettings settings;
    private final ClusterTopology topology;
    private final Owner owner;
    private final Map<HostAndPort, MasterSubscriber> sites = new ConcurrentHashMap<>();
    private final Map<String, ShardSubscription> placements = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** On a topology that the caller starts and closes. */
    public ClusterSubscriber(ClientSettings settings, ClusterTopology topology, Owner owner) {
        this.settings = settings;
        this.topology = topology;
        this.owner = owner;
        topology.listen(this::follow);
    }

    @Override
    public CompletableFuture<Void> join(String channel) {
        ShardSubscription there = placements.compute(channel, this::wantedOrNone);
        return there == null || closed
                ? CompletableFuture.failedFuture(unavailable("the subscription was cancelled"))
                : there.join();
    }

    @Override
    public CompletableFuture<Void> leave(String channel) {
        ShardSubscription[] left = new ShardSubscription[1];
        placements.computeIfPresent(channel, (name, there) -> {
            left[0] = owner.wanted(name) ? null : there;
            return left[0] == null ? there : null;
        });
        return left[0] == null ? CompletableFuture.completedFuture(null) : left[0].leave();
    }

    /** Asked under the map's lock for the channel, so that the last to ask has the last word. */
    private @Nullable ShardSubscription wantedOrNone(String channel, @Nullable ShardSubscription there) {
        if (there == null) {
            return owner.wanted(channel) ? new ShardSubscription(channel, this) : null;
        }
        return there;
    }

    /** Where the channel belongs now, as far as is known; null where it is not, and after the end. */
    @Nullable
    MasterSubscriber siteFor(String channel) {
        HostAndPort address = topology.owner(slot(channel));
        return address == null ? null : site(address);
    }

    private synchronized @Nullable MasterSubscriber site(HostAndPort address) {
        return closed
                ? null
                : sites.computeIfAbsent(
                        address, to -> new MasterSubscriber(to, settings, () -> topology.connect(to), this));
    }

    private static int slot(String channel) {
        return JedisClusterCRC16.getSlot(channel.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether the channel is wanted, and at this site. */
    boolean isAt(String channel, MasterSubscriber site) {
        ShardSubscription there = placements.get(channel);
        return there != null && there.site() == site && owner.wanted(channel);
    }

    void message(String channel, byte[] payload) {
        owner.message(channel, payload);
    }

    void resubscribed(String channel) {
        owner.resubscribed(channel);
    }

    /** A site has lost a channel that belonged there. */
    void notAt(String channel, MasterSubscriber site, @Nullable JedisDataException why) {
        Redirect redirect = Redirect.in(why, site.address());
        if (why != null && redirect == null) {
            owner.notHere(channel, why);
            return;
        }
        HostAndPort target = redirect == null ? null : redirect.target();
        if (redirect != null && redirect.kind() == Kind.MOVED && target != null) {
            topology.moved(slot(channel), target);
        } else {
            topology.refresh();
        }
        ShardSubscription there = placements.get(channel);
        if (there != null && there.site() == site) {
            there.interrupted();
        }
    }

    /** Whether it is no use to try again: the server refuses, and not for reasons of the cluster's. */
    static boolean isFinal(@Nullable Throwable failure) {
        return failure instanceof ChannelNotServedException
                && failure.getCause() instanceof JedisDataException why
                && Redirect.in(why, new HostAndPort("", 0)) == null;
    }

    /** Moves what is in the wrong place, and gives up the connections to those that are no masters any more. */
    private void follow() {
        placements.forEach((channel, there) -> {
            HostAndPort address = topology.owner(slot(channel));
            MasterSubscriber site = there.site();
            if (site != null && address != null && !address.equals(site.address())) {
                there.interrupted();
            }
        });
        giveUpIdle();
    }

    private synchronized void giveUpIdle() {
        Set<HostAndPort> masters = topology.masters();
        Set<@Nullable MasterSubscriber> used =
                placements.values().stream().map(ShardSubscription::site).collect(Collectors.toSet());
        sites.values().removeIf(site -> {
            boolean idle = !masters.contains(site.address()) && !used.contains(site);
            if (idle) {
                site.close();
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
        sites.values().forEach(MasterSubscriber::close);
        placements.values().forEach(each -> {
            var unused = each.leave();
        });
    }
}
