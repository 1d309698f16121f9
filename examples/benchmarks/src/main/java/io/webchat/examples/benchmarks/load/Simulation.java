package io.webchat.examples.benchmarks.load;

import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;
import org.HdrHistogram.Histogram;

/**
 * Sends messages through a sizing, one by one. Messages come at random, each to a random node and shard, and wait
 * behind earlier messages. A node works on as many as it has cores, a shard on one. It shows two effects that the
 * sizing leaves out: some nodes and shards get more than their share, and messages wait even at half load.
 */
final class Simulation {
    private static final double NANOS = 1e9;

    private final double perSecond;
    private final Measured measured;
    private final double[][] nodes;
    private final double[] shards;
    private final double[] nodeBusy;
    private final double[] shardBusy;
    private final Random random;
    private final Histogram waited = Latencies.histogram();

    private Simulation(Sizing sizing, Measured measured, Assumptions by, Scenario scenario, long seed) {
        this.perSecond = sizing.perSecond() * scenario.surge();
        this.measured = measured;
        this.nodes = new double[Math.max(1, sizing.nodes() - scenario.missing())][by.cores()];
        this.shards = new double[sizing.shards()];
        this.nodeBusy = new double[nodes.length];
        this.shardBusy = new double[shards.length];
        this.random = new Random(seed);
    }

    /**
     * The events of a simulation.
     *
     * @param missing how many nodes are missing
     * @param surge how many times the messages of the busiest time come
     */
    record Scenario(int missing, double surge) {}

    /**
     * The result.
     *
     * @param busiestNode the part of its time that the busiest node worked
     * @param busiestShard the same of a shard
     * @param p99Millis how long 99 of 100 messages took at most, without the network
     */
    record Outcome(double busiestNode, double busiestShard, double p99Millis) {}

    /** Simulates so many messages. */
    static Outcome run(Sizing sizing, Measured measured, Assumptions by, Scenario scenario, int messages, long seed) {
        return new Simulation(sizing, measured, by, scenario, seed).run(messages);
    }

    /** A message that leaves its node at this time, in nanoseconds. */
    private record Leaving(double at, double came) {}

    private Outcome run(int messages) {
        PriorityQueue<Leaving> onTheirWay = new PriorityQueue<>(Comparator.comparingDouble(Leaving::at));
        double now = 0;
        for (int i = 0; i < messages; i++) {
            now += exponential(NANOS / perSecond);
            while (!onTheirWay.isEmpty() && onTheirWay.peek().at() <= now) {
                atShard(onTheirWay.remove());
            }
            onTheirWay.add(new Leaving(atNode(now), now));
        }
        while (!onTheirWay.isEmpty()) {
            atShard(onTheirWay.remove());
        }
        return new Outcome(
                max(nodeBusy) / (now * nodes[0].length), max(shardBusy) / now, waited.getValueAtPercentile(99) / 1e3);
    }

    private double atNode(double now) {
        int node = random.nextInt(nodes.length);
        double[] cores = nodes[node];
        int free = 0;
        for (int core = 1; core < cores.length; core++) {
            free = cores[core] < cores[free] ? core : free;
        }
        double work = exponential(measured.serverMicros() * 1e3);
        nodeBusy[node] += work;
        cores[free] = Math.max(now, cores[free]) + work;
        return cores[free];
    }

    private void atShard(Leaving message) {
        int shard = random.nextInt(shards.length);
        double work = exponential(measured.redisMicros() * 1e3);
        shardBusy[shard] += work;
        shards[shard] = Math.max(message.at(), shards[shard]) + work;
        waited.recordValue((long) ((shards[shard] - message.came()) / 1e3));
    }

    private double exponential(double mean) {
        return -mean * Math.log(1 - random.nextDouble());
    }

    private static double max(double[] of) {
        return Arrays.stream(of).max().orElse(0);
    }
}
