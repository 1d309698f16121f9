package io.webchat.examples.benchmarks.load;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A long run with a steady load: two nodes at half of their capacity, while other users connect, write and leave. A
 * figure that grows under a steady load is a leak.
 */
final class Soak {
    private static final int CLIENTS = 100;
    /** Users who come and go: so many names in all, so many of them at once. */
    private static final int PASSERS_BY = 1_000;

    private static final int AT_ONCE = 50;
    private static final int UNDER_WAY = 4;
    private static final long MINUTE = 60_000;

    private final Site site;
    private final PrintStream out;
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicLong visits = new AtomicLong();

    private Soak(Site site, PrintStream out) {
        this.site = site;
        this.out = out;
    }

    /**
     * Runs this many turns after a warm-up turn. Prints Markdown tables: the samples after each turn, and the growth
     * in the second half.
     *
     * @throws java.io.IOException if a message was lost or refused
     */
    static void run(int turns, long turnMillis, List<String> options, PrintStream out) throws Exception {
        List<String> all = new ArrayList<>(options);
        // Few names, because the call log's entries of these users would otherwise look like a leak for hours.
        all.add("-D" + WebchatServer.LOGGED + "=50");
        try (Site site = new Site(Contender.TWO_NODES, all)) {
            new Soak(site, out).run(turns, turnMillis);
        }
    }

    /** So many minutes. */
    static void run(int minutes, List<String> options, PrintStream out) throws Exception {
        run(minutes, MINUTE, options, out);
    }

    private void run(int turns, long turnMillis) throws Exception {
        List<Sample> samples = new ArrayList<>();
        // From the beginning: the capacity of a node is measured while users connect and leave, and the JVM compiles
        // both paths.
        CompletableFuture<Void> churn =
                CompletableFuture.runAsync(this::comeAndGo, task -> new Thread(task, "soak-churn").start());
        try (Party party = new Party(site, "user", CLIENTS)) {
            double rate = party.saturate(UNDER_WAY, turnMillis, turnMillis / 4).perSecond() / 2;
            out.printf(
                    Locale.ROOT, "%,.0f messages/s between %d clients, %d others at once:%n%n", rate, CLIENTS, AT_ONCE);
            Sample.head(out);
            for (int turn = 0; turn <= turns && !churn.isDone(); turn++) {
                Turn seen = party.openLoop(rate, 0, turnMillis);
                Sample sample = Sample.of(site, seen, visits.get());
                sample.print(turn, out);
                samples.add(sample);
            }
        } finally {
            over.set(true);
        }
        churn.join();
        // In the first half hour the call log fills, and so does Redis's memory of resends.
        Sample.slopes(samples.subList((samples.size() + 1) / 2, samples.size()), turnMillis / 1e3, out);
    }

    private void comeAndGo() {
        for (int round = 0; !over.get(); round++) {
            int first = round * AT_ONCE % PASSERS_BY;
            try (Party some = Party.returning(site, "guest" + first / AT_ONCE + "-", AT_ONCE)) {
                some.openLoop(AT_ONCE, 0, 1_000);
                visits.addAndGet(AT_ONCE);
            } catch (Exception e) {
                throw new IllegalStateException("those who come and go", e);
            }
        }
    }
}
