package io.webchat.examples.benchmarks;

import io.webchat.core.spi.queue.QueueLimits;
import io.webchat.redis.testing.RedisServer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** How long one message takes when nothing else is under way: an append and then a publish, each there and back. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class Latency {
    private final Workload workload = new Workload("latency", 64);

    @SuppressWarnings("NullAway.Init") // JMH calls start() first.
    private RedisServer server;

    @SuppressWarnings("NullAway.Init")
    private CoreContestant core;

    /** JMH makes it. */
    public Latency() {}

    /** Starts Redis. */
    @Setup
    public void start() {
        server = RedisServer.builder().start();
        core = new CoreContestant(server.url(), QueueLimits.DEFAULT);
    }

    /** Ends Redis. */
    @TearDown
    public void close() {
        core.close();
        server.close();
    }

    /** One message; answers how many subscribers heard it. */
    @Benchmark
    public int message() {
        return core.send(workload.next()).toCompletableFuture().join();
    }
}
