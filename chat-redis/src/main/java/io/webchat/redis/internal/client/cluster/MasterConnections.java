package io.webchat.redis.internal.client.cluster;

import io.webchat.core.ChatException;
import io.webchat.redis.internal.client.ClientSettings;
import io.webchat.redis.internal.client.PipelinedConnection;
import io.webchat.redis.internal.client.RedisCommand;
import io.webchat.redis.internal.client.TimeoutMonitor;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

/** The connections to one master of a cluster. All commands of a slot use the same connection. */
final class MasterConnections implements SlotQueue.Server, RedisCommand.Listener, AutoCloseable {
    private static final long RECENT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final HostAndPort address;
    private final Function<RedisCommand, SlotQueue> slotQueues;
    private final List<PipelinedConnection> connections;
    private volatile long lastAskNanos = System.nanoTime() - RECENT_NANOS;

    MasterConnections(
            HostAndPort address,
            ClusterTopology topology,
            ClientSettings settings,
            TimeoutMonitor monitor,
            Function<RedisCommand, SlotQueue> slotQueues) {
        this.address = address;
        this.slotQueues = slotQueues;
        this.connections = IntStream.range(0, settings.connections())
                .mapToObj(i -> new PipelinedConnection(
                        () -> topology.connect(address),
                        this,
                        "webchat-redis-" + address + "-" + i,
                        monitor,
                        topology.outages(address),
                        settings))
                .toList();
    }

    /** An ASK redirect leads here: a slot migrates to this server, which may own no slot yet. */
    void noteAsk() {
        lastAskNanos = System.nanoTime();
    }

    /** Whether the connections must stay open although the server owns no slot. */
    boolean wasAskedRecently() {
        return System.nanoTime() - lastAskNanos < RECENT_NANOS;
    }

    @Override
    public boolean submit(RedisCommand command) {
        return connections.get(command.slot() % connections.size()).submit(command);
    }

    @Override
    public void answered(RedisCommand command, @Nullable Object reply) {
        SlotQueue queue = slotQueues.apply(command);
        Redirect redirect = Redirect.in(reply, address);
        if (redirect == null) {
            queue.answered(command, reply);
        } else {
            queue.redirected(command, redirect);
        }
    }

    @Override
    public void failed(RedisCommand command, ChatException failure) {
        slotQueues.apply(command).failed(command, failure);
    }

    /** Takes no more commands. Commands without a reply go back to their slot queues, at the latest on close. */
    void retire() {
        connections.forEach(connection ->
                connection.retire(command -> slotQueues.apply(command).redirected(command, Redirect.RETURNED)));
    }

    @Override
    public void close() {
        connections.forEach(PipelinedConnection::close);
    }
}
