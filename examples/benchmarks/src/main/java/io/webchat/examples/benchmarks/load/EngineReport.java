package io.webchat.examples.benchmarks.load;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/**
 * The tables of an {@link EngineContest}, in Markdown.
 *
 * @param plan what was planned
 * @param figures what was measured
 * @param out where the tables go
 */
record EngineReport(EngineContest.Plan plan, EngineContest.Figures figures, PrintStream out) {
    void print() {
        out.printf(Locale.ROOT, "%d clients, %d rounds; medians [quartiles]:%n%n", plan.clients(), plan.rounds());
        out.println("| | messages/s at most | server CPU, µs per message | Redis CPU, µs | the same at " + plan.rate()
                + "/s | Redis CPU | p50 / p99 / p99.9 at half load, ms | sent late, p99 |");
        out.println("|---|---|---|---|---|---|---|---|");
        for (Contender each : plan.who()) {
            out.printf(
                    Locale.ROOT,
                    "| %s | %s | %s | %s | %s | %s | %.1f / %.1f / %.1f | %.1f |%n",
                    each.label(),
                    figures.full().spread(each, Turn::perSecond).whole(),
                    figures.full().spread(each, Turn::serverMicros).tenths(),
                    figures.full().spread(each, Turn::redisMicros).tenths(),
                    figures.same().spread(each, Turn::serverMicros).tenths(),
                    figures.same().spread(each, Turn::redisMicros).tenths(),
                    figures.half().spread(each, turn -> turn.millis(50)).median(),
                    figures.half().spread(each, turn -> turn.millis(99)).median(),
                    figures.half().spread(each, turn -> turn.millis(99.9)).median(),
                    figures.half().spread(each, turn -> turn.lateMillis(99)).median());
        }
        ratios("Server CPU per message at most load", figures.full());
        ratios("Server CPU per message at the same rate", figures.same());
        out.println();
    }

    private void ratios(String what, EngineTurns turns) {
        out.println();
        out.println("| " + what + " | " + String.join(" | ", labels()) + " |");
        out.println("|---".repeat(plan.who().size() + 1) + "|");
        for (Contender under :
                List.of(plan.who().get(0), plan.who().get(plan.who().size() - 1))) {
            StringBuilder line = new StringBuilder("| : " + under.label() + " |");
            for (Contender over : plan.who()) {
                line.append(' ')
                        .append(turns.ratio(over, under, Turn::serverMicros).fraction())
                        .append(" |");
            }
            out.println(line);
        }
    }

    private List<String> labels() {
        return plan.who().stream().map(Contender::label).toList();
    }
}
