package io.webchat.examples.server.faults;

import io.webchat.dynamo.testing.DynamoServer;
import io.webchat.examples.server.NodeProcesses;
import io.webchat.examples.server.clock.ShiftedClock;
import io.webchat.examples.server.history.Recorder;
import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.TcpProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Two nodes whose clocks are up to 5 minutes ahead or behind, a Redis that writes every change to its file before it
 * answers, a DynamoDB Local on disk, a folder of files that both nodes share, and a proxy of its own between each node
 * and each of the two databases.
 */
final class FaultyCluster implements AutoCloseable {
    static final int NODES = 2;

    private static final int MAX_SHIFT_SECONDS = 300;
    /** The changes of some seconds. */
    private static final long MAX_REWIND_BYTES = 1 << 20;

    private static final Duration START = Duration.ofSeconds(60);

    private final Path folder;
    private final Random random;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final RedisServer redis;
    private final DynamoServer dynamo;
    private final DynamoGate gate;
    private final List<TcpProxy> redisLinks = new ArrayList<>();
    private final List<TcpProxy> dynamoLinks = new ArrayList<>();
    private final List<Duration> shifts = new ArrayList<>();
    private final NodeProcesses nodes;
    private volatile Recorder recorder = Recorder.ofSystem();
    private long redisEnded;

    private FaultyCluster(Path folder, Random random) throws IOException {
        this.folder = folder;
        this.random = new Random(random.nextLong());
        try {
            redis = opened(RedisServer.builder()
                    .appendOnly(true)
                    .config("appendfsync no")
                    .start());
            dynamo = opened(DynamoServer.start(Files.createDirectory(folder.resolve("dynamo"))));
            gate = opened(new DynamoGate(dynamo.endpoint().uri()));
            for (int node = 0; node < NODES; node++) {
                redisLinks.add(opened(TcpProxy.to("127.0.0.1", redis.port())));
                dynamoLinks.add(opened(TcpProxy.to("127.0.0.1", gate.port())));
                shifts.add(Duration.ofSeconds(random.nextInt(-MAX_SHIFT_SECONDS, MAX_SHIFT_SECONDS + 1)));
            }
            String[] clocks = {ShiftedClock.option(folder, shifts.get(0)), ShiftedClock.option(folder, shifts.get(1))};
            nodes = opened(new NodeProcesses(NODES, node -> environment(node, clocks[node])));
        } catch (IOException | RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** Starts all of it; {@code folder} is deleted with the test. */
    static FaultyCluster start(Path folder, Random random) throws IOException {
        return new FaultyCluster(folder, random);
    }

    private <T extends AutoCloseable> T opened(T part) {
        open.push(part);
        return part;
    }

    private Map<String, String> environment(int node, String clock) {
        return Map.of(
                "CHAT_REDIS",
                "redis://127.0.0.1:" + redisLinks.get(node).port(),
                "CHAT_DYNAMO",
                "http://127.0.0.1:" + dynamoLinks.get(node).port(),
                "CHAT_TABLE",
                "faults",
                "CHAT_ATTACHMENTS",
                folder.resolve("files").toString(),
                "CHAT_PING_INTERVAL",
                "2000",
                "CHAT_PING_TIMEOUT",
                "6000",
                "JAVA_TOOL_OPTIONS",
                "-XX:TieredStopAtLevel=1 -Xmx256m " + clock);
    }

    /** What happens from now on is written down there. */
    void recordTo(Recorder to) {
        recorder = to;
    }

    NodeProcesses nodes() {
        return nodes;
    }

    /** How far the nodes' clocks are ahead. */
    List<Duration> shifts() {
        return List.copyOf(shifts);
    }

    TcpProxy redisLink(int node) {
        return redisLinks.get(node);
    }

    TcpProxy dynamoLink(int node) {
        return dynamoLinks.get(node);
    }

    void killNode(int node) {
        nodes.get(node).kill();
    }

    void stopNode(int node) throws Exception {
        nodes.get(node).pause();
    }

    void continueNode(int node) throws Exception {
        nodes.get(node).resume();
    }

    void drainNode(int node) throws Exception {
        long begun = System.nanoTime();
        nodes.get(node).terminate();
        int code = nodes.get(node).exitCode();
        recorder.exited(Fault.Part.NODE.name(node), code, (System.nanoTime() - begun) / 1_000_000);
    }

    /**
     * A node whose backends are away at that moment does not start; whoever runs it tries again, for longer than
     * backends stay away.
     */
    void startNode(int node) throws IOException {
        long end = System.nanoTime() + START.toNanos();
        while (!nodes.get(node).isAlive()) {
            try {
                nodes.restart(node);
            } catch (AssertionError notStarted) {
                if (System.nanoTime() > end) {
                    throw notStarted;
                }
            }
        }
    }

    void killRedis() {
        redisEnded = recorder.now();
        redis.kill();
    }

    void restartRedis() {
        redis.restart();
    }

    void restartRedisEmpty() {
        redis.restartEmpty();
        recorder.lostData(Fault.Part.REDIS.name(0), redisEnded);
    }

    void restartRedisOlder() {
        redis.restartOlder(random.nextLong(MAX_REWIND_BYTES));
        recorder.lostData(Fault.Part.REDIS.name(0), redisEnded);
    }

    RedisServer redis() {
        return redis;
    }

    void killDynamo() {
        dynamo.kill();
    }

    void restartDynamo() {
        dynamo.restart();
    }

    void throttle(boolean on) {
        gate.throttle(on);
    }

    @Override
    public void close() {
        IllegalStateException failure = null;
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                failure = new IllegalStateException("in " + folder, e);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
