package io.webchat.examples.benchmarks.load;

import java.io.IOException;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The memory and counts of the servers at a moment of a {@link Soak}.
 *
 * @param heap bytes on the nodes' heaps and in their direct buffers after a collection of garbage
 * @param threads of all nodes
 * @param files open file descriptors of all nodes
 * @param redisKeys keys that Redis has
 * @param redisBytes the memory that Redis reports as used
 * @param p99 of the messages of the last turn, ms
 * @param visits how many clients have come and gone so far
 */
record Sample(double heap, double threads, double files, double redisKeys, double redisBytes, double p99, long visits) {
    private static final double MEGA = 1e6;

    static Sample of(Site site, Turn turn, long visits) throws IOException {
        List<Long> pids = site.nodes().stream().map(ServerProcess::pid).toList();
        double threads = 0;
        double files = 0;
        for (long pid : pids) {
            threads += ProcessStats.threads(pid);
            files += ProcessStats.files(pid);
        }
        return new Sample(site.memory(), threads, files, site.redisKeys(), site.redisBytes(), turn.millis(99), visits);
    }

    static void head(PrintStream out) {
        out.println(
                "| turn | heap after GC, MB | threads | files | Redis keys | Redis, MB | p99, ms | came and went |");
        out.println("|---|---|---|---|---|---|---|---|");
    }

    void print(int turn, PrintStream out) {
        out.printf(
                Locale.ROOT,
                "| %d | %.1f | %.0f | %.0f | %.0f | %.1f | %.1f | %,d |%n",
                turn,
                heap / MEGA,
                threads,
                files,
                redisKeys,
                redisBytes / MEGA,
                p99,
                visits);
    }

    /** Prints how each grew, by least squares. */
    static void slopes(List<Sample> samples, double secondsBetween, PrintStream out) {
        Map<String, ToDoubleFunction<Sample>> all = new LinkedHashMap<>();
        all.put("heap after GC, MB", each -> each.heap / MEGA);
        all.put("threads", Sample::threads);
        all.put("files", Sample::files);
        all.put("Redis keys", Sample::redisKeys);
        all.put("Redis, MB", each -> each.redisBytes / MEGA);
        out.println();
        out.println("| | mean | growth per hour | of the mean |");
        out.println("|---|---|---|---|");
        all.forEach((name, what) -> {
            List<Double> values = samples.stream().map(what::applyAsDouble).toList();
            double mean = values.stream().mapToDouble(each -> each).average().orElseThrow();
            double slope = slope(values) * 3_600 / secondsBetween;
            out.printf(Locale.ROOT, "| %s | %.1f | %+.2f | %+.1f %% |%n", name, mean, slope, 100 * slope / mean);
        });
        out.println();
    }

    /** Of the line through these that leaves the least squares, per step; 0 for a single one. */
    static double slope(List<Double> values) {
        double middle = (values.size() - 1) / 2.0;
        double above = 0;
        double below = 0;
        for (int i = 0; i < values.size(); i++) {
            above += (i - middle) * values.get(i);
            below += (i - middle) * (i - middle);
        }
        return below == 0 ? 0 : above / below;
    }
}
