package io.webchat.examples.benchmarks.load;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * A node dies, and all of its clients connect to the other one at once, none of them waiting. Real clients wait a
 * random time, so this is worse than reality.
 */
final class Storm {
    private Storm() {}

    /** Runs it with so many clients, and prints a table in Markdown. */
    static void run(int clients, int rounds, List<String> options, PrintStream out) throws Exception {
        out.printf(
                Locale.ROOT,
                "| storm of %,d | all back after, s | p50 / p99 until admitted, s | server CPU per client, µs "
                        + "| Redis CPU, µs | Redis commands |%n",
                clients);
        out.println("|---|---|---|---|---|---|");
        for (int round = 1; round <= rounds; round++) {
            try (Site site = new Site(Contender.TWO_NODES, options);
                    Crowd crowd = new Crowd()) {
                Traffic before = new Traffic("user", clients);
                crowd.connect("user", clients, List.of(site.ports().get(0)), before, false);
                strike(site, crowd, clients, round, out);
            }
        }
        out.println();
    }

    private static void strike(Site site, Crowd crowd, int clients, int round, PrintStream out) throws Exception {
        ServerProcess survivor = site.nodes().get(1);
        crowd.disconnect();
        site.nodes().get(0).kill();
        double redisCpu = site.redisCpu();
        double commands = site.redisCommands();
        double cpu = ProcessStats.cpuSeconds(List.of(survivor.pid()));
        long start = System.nanoTime();
        Histogram took = crowd.connect("user", clients, List.of(survivor.port()), new Traffic("user", clients), true);
        double seconds = (System.nanoTime() - start) / 1e9;
        out.printf(
                Locale.ROOT,
                "| %d | %.2f | %.2f / %.2f | %.0f | %.0f | %.1f |%n",
                round,
                seconds,
                took.getValueAtPercentile(50) / 1e6,
                took.getValueAtPercentile(99) / 1e6,
                (ProcessStats.cpuSeconds(List.of(survivor.pid())) - cpu) * 1e6 / clients,
                (site.redisCpu() - redisCpu) * 1e6 / clients,
                (site.redisCommands() - commands) / clients);
    }
}
