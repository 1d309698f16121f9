package io.webchat.examples.benchmarks;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Lets the contestants append and publish in turn, in rounds within one run: other load of the machine hits all of
 * them, and each comparison uses figures of the same seconds.
 */
final class Contest {
    private final Plan plan;
    private final PrintStream out;
    private final List<Arena> arenas = new ArrayList<>();
    private final List<Map<Entrant, List<Double>>> rates = new ArrayList<>();

    private Contest(Plan plan, PrintStream out) {
        this.plan = plan;
        this.out = out;
    }

    /** How long it takes: {@code depths} of the queues, users, rounds to warm up and to measure, pieces per turn. */
    record Plan(List<Integer> depths, int users, int warmUps, int rounds, int pieces) {
        static final Plan FULL = new Plan(List.of(10, 1_000, 100_000), 64, 2, 11, 2);
    }

    /** Runs it and prints tables in Markdown. */
    static void run(String url, Plan plan, PrintStream out) throws Exception {
        Contest contest = new Contest(plan, out);
        try {
            contest.prepare(url);
            contest.measure();
            contest.report();
        } finally {
            contest.arenas.forEach(Arena::close);
        }
    }

    private void prepare(String url) throws Exception {
        for (int depth : plan.depths()) {
            arenas.add(new Arena(url, depth, plan.users()));
            rates.add(new EnumMap<>(Entrant.class));
        }
    }

    private void measure() throws Exception {
        for (int round = -plan.warmUps(); round < plan.rounds(); round++) {
            for (int i = 0; i < arenas.size(); i++) {
                for (Entrant each : Entrant.values()) {
                    double rate = turn(arenas.get(i), each);
                    if (round >= 0) {
                        rates.get(i)
                                .computeIfAbsent(each, any -> new ArrayList<>())
                                .add(rate);
                    }
                }
            }
            System.err.print(round < 0 ? "warm-up " : "round " + (round + 1) + " of " + plan.rounds() + " ");
        }
        System.err.println();
    }

    /** Messages per second of one turn. */
    private double turn(Arena arena, Entrant who) throws Exception {
        long nanos = 0;
        for (int piece = 0; piece < plan.pieces(); piece++) {
            long start = System.nanoTime();
            arena.run(who);
            nanos += System.nanoTime() - start;
            arena.reset();
        }
        return 1e9 * plan.pieces() * arena.piece() / nanos;
    }

    private void report() {
        out.println("Messages per second (append + publish), median of " + plan.rounds() + " rounds [quartiles]:");
        out.println();
        out.println("| depth | core | pipeline of 100 | pool of 64 | core : pipeline | core : pool |");
        out.println("|---|---|---|---|---|---|");
        for (int i = 0; i < arenas.size(); i++) {
            List<Double> core = of(i, Entrant.CORE);
            List<Double> pipeline = of(i, Entrant.PIPELINE);
            List<Double> pool = of(i, Entrant.POOL);
            out.printf(
                    Locale.ROOT,
                    "| %,d | %s | %s | %s | %s | %s |%n",
                    arenas.get(i).depth(),
                    Spread.of(core).whole(),
                    Spread.of(pipeline).whole(),
                    Spread.of(pool).whole(),
                    Spread.ofRatios(core, pipeline).fraction(),
                    Spread.ofRatios(core, pool).fraction());
        }
        out.println();
        for (int i = 1; i < arenas.size(); i++) {
            out.printf(
                    Locale.ROOT,
                    "Cost per message of the core at depth %,d : at depth %,d = %s%n",
                    arenas.get(i).depth(),
                    arenas.get(0).depth(),
                    Spread.ofRatios(of(0, Entrant.CORE), of(i, Entrant.CORE)).fraction());
        }
    }

    private List<Double> of(int arena, Entrant who) {
        return rates.get(arena).getOrDefault(who, List.of());
    }
}
