package io.webchat.redis;

import io.webchat.core.ChatException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

/** One server of a cluster, and the connections to it. A slot has one of them, always the same. */
final class Master implements Lane.Server, Call.Listener, AutoCloseable {
    private static final long LATELY_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final HostAndPort address;
    private final Function<Call, Lane> lanes;
    private final List<Pipe> pipes;
    private volatile long nanosOfAsking = System.nanoTime() - LATELY_NANOS;

    Master(HostAndPort address, Endpoint endpoint, RedisConfig config, Watch watch, Function<Call, Lane> lanes) {
        this.address = address;
        this.lanes = lanes;
        this.pipes = IntStream.range(0, config.connections())
                .mapToObj(i -> new Pipe(endpoint, this, "webchat-redis-" + address + "-" + i, watch, config.replicas()))
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
    public boolean submit(Call call) {
        return pipes.get(call.slot() % pipes.size()).submit(call);
    }

    @Override
    public void answered(Call call, @Nullable Object reply) {
        Lane lane = lanes.apply(call);
        Redirect redirect = Redirect.in(reply, address);
        if (redirect == null) {
            lane.answered(call, reply);
        } else {
            lane.refused(call, redirect);
        }
    }

    @Override
    public void failed(Call call, ChatException failure) {
        lanes.apply(call).failed(call, failure);
    }

    /** Takes no more calls; those without answer go back to their lanes, soon or when it is closed. */
    void retire() {
        pipes.forEach(pipe -> pipe.retire(call -> lanes.apply(call).refused(call, Redirect.RETURNED)));
    }

    @Override
    public void close() {
        pipes.forEach(Pipe::close);
    }
}
