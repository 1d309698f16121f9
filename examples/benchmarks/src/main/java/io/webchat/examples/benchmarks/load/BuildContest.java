package io.webchat.examples.benchmarks.load;

import static io.webchat.examples.benchmarks.load.Contender.EARLIER_MEMORY;
import static io.webchat.examples.benchmarks.load.Contender.EARLIER_REDIS;
import static io.webchat.examples.benchmarks.load.Contender.MEMORY;
import static io.webchat.examples.benchmarks.load.Contender.REDIS;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** The cost of a plain text message and its receipt in this build and in an earlier one, in turn. */
final class BuildContest {
    private final EngineContest.Figures figures;
    private final PrintStream out;

    private BuildContest(EngineContest.Figures figures, PrintStream out) {
        this.figures = figures;
        this.out = out;
    }

    /** The usual length: each server is under full load for 20 seconds before anything counts. */
    static EngineContest.Plan plan() {
        List<Contender> who = List.of(EARLIER_MEMORY, MEMORY, EARLIER_REDIS, REDIS);
        return new EngineContest.Plan(who, 100, 4, 20_000, 5, 3_000, 2_000, Set.of(EngineContest.Load.SAME));
    }

    /** Runs it and prints a table in Markdown. */
    static void run(EngineContest.Plan plan, List<String> options, PrintStream out) throws Exception {
        new BuildContest(EngineContest.measure(plan, options), out).print(plan.rate());
    }

    private void print(int rate) {
        out.println("| µs of CPU per message with receipt | this build : the earlier one | ratio [quartiles] |");
        out.println("|---|---|---|");
        String slow = "at " + rate + " messages/s";
        row("server in memory, at most load", figures.full(), MEMORY, EARLIER_MEMORY, Turn::serverMicros);
        row("server in memory, " + slow, figures.same(), MEMORY, EARLIER_MEMORY, Turn::serverMicros);
        row("server on Redis, at most load", figures.full(), REDIS, EARLIER_REDIS, Turn::serverMicros);
        row("server on Redis, " + slow, figures.same(), REDIS, EARLIER_REDIS, Turn::serverMicros);
        row("Redis, at most load", figures.full(), REDIS, EARLIER_REDIS, Turn::redisMicros);
        row("Redis, " + slow, figures.same(), REDIS, EARLIER_REDIS, Turn::redisMicros);
    }

    private void row(String name, EngineTurns turns, Contender now, Contender before, ToDoubleFunction<Turn> figure) {
        out.printf(
                Locale.ROOT,
                "| %s | %.1f : %.1f | %s |%n",
                name,
                turns.spread(now, figure).median(),
                turns.spread(before, figure).median(),
                turns.ratio(now, before, figure).fraction());
    }
}
