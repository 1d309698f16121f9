package io.webchat.redis.internal.client;

import io.webchat.core.ChatException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

/** One server of a cluster, and the connections to it. A slot has one of them, always the same. */
final class MasterConnections implements SlotQueue.Server, RedisCommand.Listener, AutoCloseable {
    private static final long LATELY_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final HostAndPort address;
    private final Function<RedisCommand, SlotQueue> lanes;
    private final List<PipelinedConnection> pipes;
    private volatile long nanosOfAsking = System.nanoTime() - LATELY_NANOS;

    MasterConnections(
            HostAndPort address,
            ConnectionFactory endpoint,
            ClientSettings settings,
            TimeoutMonitor watch,
            Function<RedisCommand, SlotQueue> lanes) {
        this.address = address;
        this.lanes = lanes;
        this.pipes = IntStream.range(0, settings.connections())
                .mapToObj(i ->
                        new PipelinedConnection(endpoint, this, "webchat-redis-" + address + "-" + i, watch, settings))
                .toList();
    }

    /** A call is about to be asked for here: a slot is on its way to this server, which may have no other yet. */
    void asked() {
        nanosOfAsking = System.nanoTime();
    }

    /** Whether it is to be kept though it owns no slot. */
    boolean askedLately() {
        return System.nanoTime() - nanosOfAsking < LATELY_NANOS;
    }

    @Override
    public boolean submit(RedisCommand call) {
        return pipes.get(call.slot() % pipes.size()).submit(call);
    }

    @Override
    public void answered(RedisCommand call, @Nullable Object reply) {
        SlotQueue lane = lanes.apply(call);
        Redirect redirect = Redirect.in(reply, address);
        if (redirect == null) {
            lane.answered(call, reply);
        } else {
            lane.refused(call, redirect);
        }
    }

    @Override
    public void failed(RedisCommand call, ChatException failure) {
        lanes.apply(call).failed(call, failure);
    }

    /** Takes no more calls; those without answer go back to their lanes, soon or when it is closed. */
    void retire() {
        pipes.forEach(pipe -> pipe.retire(call -> lanes.apply(call).refused(call, Redirect.RETURNED)));
    }

    @Override
    public void close() {
        pipes.forEach(PipelinedConnection::close);
    }
}
