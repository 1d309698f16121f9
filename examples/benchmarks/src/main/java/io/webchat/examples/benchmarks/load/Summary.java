package io.webchat.examples.benchmarks.load;

import static io.webchat.examples.benchmarks.load.Contender.MEMORY;
import static io.webchat.examples.benchmarks.load.Contender.NODE;
import static io.webchat.examples.benchmarks.load.Contender.REDIS;
import static io.webchat.examples.benchmarks.load.Contender.RELAY;

import io.webchat.examples.benchmarks.AppendCost;
import io.webchat.examples.benchmarks.Spread;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The costs of webchat as ratios, all from one run, beside the ratios that are aimed at. */
public final class Summary {
    private final Plan plan;
    private final PrintStream out;

    private Summary(Plan plan, PrintStream out) {
        this.plan = plan;
        this.out = out;
    }

    /**
     * How long it takes.
     *
     * @param engines the contest under load
     * @param connections the idle connections
     * @param appendRounds how many turns the append step has
     * @param appends how many appends a turn has
     */
    record Plan(EngineContest.Plan engines, ConnectionsContest.Plan connections, int appendRounds, int appends) {
        /** About eight minutes: each contender is under full load for 50 s before anything counts. */
        static Plan full(boolean node) {
            List<Contender> who = node ? List.of(MEMORY, REDIS, NODE) : List.of(MEMORY, REDIS);
            return new Plan(
                    new EngineContest.Plan(who, 200, 8, 50_000, 5, 3_000, 0, Set.of(EngineContest.Load.HALF)),
                    new ConnectionsContest.Plan(List.of(RELAY, MEMORY), 100, 5_000, 1_000, 1, 4_000),
                    7,
                    40_000);
        }
    }

    /** Measures everything and prints one table in Markdown. */
    public static void run(PrintStream out) throws Exception {
        boolean node = NodeJs.isThere();
        if (!node) {
            System.err.println("There is no Node.js on the PATH: the ratios to it are left out.");
        }
        run(Plan.full(node), out);
    }

    static void run(Plan plan, PrintStream out) throws Exception {
        new Summary(plan, out).print();
    }

    private void print() throws Exception {
        EngineContest.Figures figures = EngineContest.measure(plan.engines(), List.of());
        double relay = bytes(RELAY);
        double own = bytes(MEMORY);
        Spread append = AppendCost.ratio(plan.appendRounds(), plan.appends());
        out.println("| | measured | ratio [quartiles] | aim, at most |");
        out.println("|---|---|---|---|");
        if (plan.engines().who().contains(NODE)) {
            overNode(figures, "Redis CPU per message with receipt, to Node.js", REDIS, true, 1.0);
            overNode(figures, "server CPU on Redis, to Node.js", REDIS, false, 0.5);
            overNode(figures, "server CPU in memory, to Node.js on Redis", MEMORY, false, 0.45);
        }
        row("append step, to an empty script", "", append.fraction(), 7);
        row(
                "bytes per idle connection, to a bare relay",
                String.format(Locale.ROOT, "%,.0f : %,.0f", own, relay),
                String.format(Locale.ROOT, "%.2f", own / relay),
                1.25);
        Spread p99 = figures.half().spread(MEMORY, turn -> turn.millis(99));
        row("p99 in memory at half load, ms", p99.tenths(), "", 20);
        Spread micros = figures.full().spread(MEMORY, Turn::serverMicros);
        row("server CPU in memory, µs", micros.tenths(), "", 35);
        latencies(figures.half());
        out.println();
        out.println(AppendCost.server());
    }

    private void latencies(EngineTurns half) {
        out.println();
        out.println("| at half load, ms | messages/s | p50 | p99 | p99.9 | sent late by the driver, p99 |");
        out.println("|---|---|---|---|---|---|");
        List<Contender> all = new ArrayList<>(plan.engines().who());
        all.add(EngineContest.CONTROL);
        for (Contender each : all) {
            out.printf(
                    Locale.ROOT,
                    "| %s | %s | %s | %s | %s | %s |%n",
                    each.label(),
                    half.spread(each, Turn::perSecond).whole(),
                    half.spread(each, turn -> turn.millis(50)).tenths(),
                    half.spread(each, turn -> turn.millis(99)).tenths(),
                    half.spread(each, turn -> turn.millis(99.9)).tenths(),
                    half.spread(each, turn -> turn.lateMillis(99)).tenths());
        }
    }

    private double bytes(Contender who) throws Exception {
        try (IdleConnections idle = new IdleConnections(who, plan.connections(), List.of())) {
            return idle.heapBytes();
        }
    }

    private void overNode(EngineContest.Figures figures, String name, Contender who, boolean redis, double aim) {
        EngineTurns turns = figures.full();
        String measured = String.format(
                Locale.ROOT,
                "%.1f : %.1f µs",
                turns.spread(who, turn -> micros(turn, redis)).median(),
                turns.spread(NODE, turn -> micros(turn, redis)).median());
        row(name, measured, turns.ratio(who, NODE, turn -> micros(turn, redis)).fraction(), aim);
    }

    private static double micros(Turn turn, boolean redis) {
        return redis ? turn.redisMicros() : turn.serverMicros();
    }

    private void row(String name, String measured, String ratio, double aim) {
        out.printf(Locale.ROOT, "| %s | %s | %s | %.2f |%n", name, measured, ratio, aim);
    }
}
