package io.webchat.examples.benchmarks.load;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Receivers who were away: how fast they receive and confirm the events of queues of some depth. */
final class Backlog {
    private static final int PAIRS = 8;
    private static final int AT_ONCE = 100;
    private static final long PATIENCE_SECONDS = 60;

    private final Crowd crowd = new Crowd();
    private final String prefix;
    private final Traffic traffic;
    private final Site site;

    /** With users of its own: receipts that those of another one have not confirmed come to them again. */
    private Backlog(Site site, String prefix) {
        this.site = site;
        this.prefix = prefix;
        this.traffic = new Traffic(prefix, 2 * PAIRS);
    }

    /** Runs it for these depths, and prints a table in Markdown. */
    static void run(List<Contender> who, List<Integer> depths, List<String> options, PrintStream out) throws Exception {
        out.println("| queue depth | | sent to nobody, messages/s | fetched and confirmed, messages/s "
                + "| server CPU, µs per message fetched | Redis CPU, µs |");
        out.println("|---|---|---|---|---|---|");
        for (Contender each : who) {
            try (Site site = new Site(each, options)) {
                // The first one warms up.
                Backlog.at(site, "first", depths.get(0));
                for (int depth : depths) {
                    out.printf(
                            Locale.ROOT,
                            "| %,d | %s %s%n",
                            depth,
                            each.label(),
                            Backlog.at(site, "depth" + depth + "-", depth));
                }
            }
        }
        out.println();
    }

    private static String at(Site site, String prefix, int depth) throws Exception {
        Backlog backlog = new Backlog(site, prefix);
        try {
            return backlog.measure(depth);
        } finally {
            backlog.crowd.close();
        }
    }

    private String measure(int depth) throws Exception {
        // Only clients with even numbers: their partners are away. A partner's number is its sender's and one.
        crowd.connectSome(prefix, 2 * PAIRS, 2, 0, site.ports(), traffic);
        long start = System.nanoTime();
        fill(depth);
        double filled = System.nanoTime() - start;
        double cpu = site.serverCpu();
        double redis = site.redisCpu();
        long fetch = System.nanoTime();
        crowd.connectSome(prefix, 2 * PAIRS, 2, 1, site.ports(), traffic);
        await("not everything was fetched", traffic::settled);
        double fetched = System.nanoTime() - fetch;
        double messages = (double) depth * PAIRS;
        return String.format(
                Locale.ROOT,
                "| %,.0f | %,.0f | %.1f | %.1f |",
                messages * 1e9 / filled,
                messages * 1e9 / fetched,
                (site.serverCpu() - cpu) * 1e6 / messages,
                (site.redisCpu() - redis) * 1e6 / messages);
    }

    private void fill(int depth) throws Exception {
        for (int sent = 0; sent < depth; sent += AT_ONCE) {
            int more = Math.min(AT_ONCE, depth - sent);
            crowd.onLoop(() -> {
                for (LoadClient each : crowd.clients()) {
                    for (int i = 0; i < more; i++) {
                        traffic.send(each, System.nanoTime());
                    }
                    each.flush();
                }
                return true;
            });
            await("not everything was acknowledged", traffic::allAcknowledged);
        }
    }

    private interface Condition {
        boolean holds();
    }

    private void await(String otherwise, Condition condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!crowd.loop()
                .schedule(condition::holds, 1, TimeUnit.MILLISECONDS)
                .get()) {
            if (System.nanoTime() > deadline) {
                throw new IOException(otherwise + ": " + crowd.onLoop(traffic::toString));
            }
        }
    }
}
