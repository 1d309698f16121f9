package io.webchat.examples.benchmarks;

import io.webchat.redis.testing.RedisServer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The turns of the contest on their own, with JMH's error: messages appended and published per second. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 7, time = 3)
public class AppendAndPublish {
    private static final int USERS = 64;
    private static final int PIECE = 100 * USERS;

    /** How many events each queue holds. */
    @Param({"10", "1000", "100000"})
    public int depth;

    /** Who sends. */
    @Param({"CORE", "PIPELINE", "POOL"})
    public String entrant = "";

    @SuppressWarnings("NullAway.Init") // JMH calls fill() first.
    private RedisServer server;

    @SuppressWarnings("NullAway.Init")
    private Arena arena;

    /** JMH makes it. */
    public AppendAndPublish() {}

    /** Starts Redis and fills the queues. */
    @Setup
    public void fill() throws Exception {
        server = RedisServer.builder().start();
        arena = new Arena(server.url(), depth, USERS);
    }

    /** Brings the queues back to their depth; not measured. */
    @TearDown(Level.Invocation)
    public void reset() {
        arena.reset();
    }

    /** Ends Redis. */
    @TearDown
    public void close() {
        arena.close();
        server.close();
    }

    /** One piece: 100 messages to each user. */
    @Benchmark
    @OperationsPerInvocation(PIECE)
    public void piece() throws Exception {
        arena.run(Entrant.valueOf(entrant));
    }
}
