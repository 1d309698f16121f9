package io.webchat.examples.benchmarks.load;

import io.webchat.examples.benchmarks.Spread;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * The same conversation over several servers, in turn and in several rounds: the maximum of each, then the same rate
 * for all, then half of each one's maximum.
 */
final class EngineContest {
    private static final int UNDER_WAY = 4;

    private final Plan plan;
    private final PrintStream out;
    private final Map<Contender, Site> sites = new EnumMap<>(Contender.class);
    private final Map<Contender, Party> parties = new EnumMap<>(Contender.class);
    private final Map<Contender, List<Turn>> full = new EnumMap<>(Contender.class);
    private final Map<Contender, List<Turn>> same = new EnumMap<>(Contender.class);
    private final Map<Contender, List<Turn>> half = new EnumMap<>(Contender.class);

    private EngineContest(Plan plan, PrintStream out) {
        this.plan = plan;
        this.out = out;
    }

    /**
     * How long it takes.
     *
     * @param who the contenders; ratios are told against the first and the last one
     * @param clients how many clients each has
     * @param warmUpMillis how long each is under full load before anything counts
     * @param rounds how many turns each has
     * @param turnMillis how long a turn at one load takes
     * @param rate the rate that is the same for all, in messages per second
     */
    record Plan(List<Contender> who, int clients, long warmUpMillis, int rounds, long turnMillis, int rate) {}

    /** Runs it and prints tables in Markdown. */
    static void run(Plan plan, List<String> options, PrintStream out) throws Exception {
        EngineContest contest = new EngineContest(plan, out);
        try {
            contest.prepare(options);
            for (int round = 0; round < plan.rounds(); round++) {
                contest.round(round);
            }
            contest.report();
        } finally {
            contest.parties.values().forEach(Party::close);
            contest.sites.values().forEach(Site::close);
        }
    }

    private void prepare(List<String> options) throws Exception {
        for (Contender each : plan.who()) {
            Site site = new Site(each, options);
            sites.put(each, site);
            Party party = new Party(site, "user", plan.clients());
            parties.put(each, party);
            party.saturate(UNDER_WAY, plan.warmUpMillis(), plan.turnMillis() / 4);
            for (Map<Contender, List<Turn>> turns : List.of(full, same, half)) {
                turns.put(each, new ArrayList<>());
            }
        }
    }

    private void round(int round) throws Exception {
        List<Contender> order = new ArrayList<>(plan.who());
        Collections.rotate(order, round);
        long settle = plan.turnMillis() / 4;
        for (Contender each : order) {
            Turn turn = party(each).saturate(UNDER_WAY, settle, plan.turnMillis());
            turns(full, each).add(turn);
            progress(round, each, turn);
        }
        for (Contender each : order) {
            turns(same, each).add(party(each).openLoop(plan.rate(), settle, plan.turnMillis()));
        }
        for (Contender each : order) {
            double rate = spread(full, each, Turn::perSecond).median() / 2;
            turns(half, each).add(party(each).openLoop(rate, settle, plan.turnMillis()));
        }
    }

    private static void progress(int round, Contender who, Turn turn) {
        System.err.printf(
                Locale.ROOT,
                "round %d, %s: %,.0f messages/s, %.1f µs, Redis %.1f µs%n",
                round + 1,
                who.label(),
                turn.perSecond(),
                turn.serverMicros(),
                turn.redisMicros());
    }

    private Party party(Contender who) {
        return Objects.requireNonNull(parties.get(who));
    }

    private static List<Turn> turns(Map<Contender, List<Turn>> of, Contender who) {
        return Objects.requireNonNull(of.get(who));
    }

    private static Spread spread(Map<Contender, List<Turn>> of, Contender who, ToDoubleFunction<Turn> what) {
        return Spread.of(numbers(of, who, what));
    }

    private static List<Double> numbers(Map<Contender, List<Turn>> of, Contender who, ToDoubleFunction<Turn> what) {
        return turns(of, who).stream().map(what::applyAsDouble).toList();
    }

    private void report() {
        out.printf(Locale.ROOT, "%d clients, %d rounds; medians [quartiles]:%n%n", plan.clients(), plan.rounds());
        out.println("| | messages/s at most | server CPU, µs per message | Redis CPU, µs | the same at " + plan.rate()
                + "/s | Redis CPU | p50 / p99 / p99.9 at half load, ms |");
        out.println("|---|---|---|---|---|---|---|");
        for (Contender each : plan.who()) {
            out.printf(
                    Locale.ROOT,
                    "| %s | %s | %s | %s | %s | %s | %.1f / %.1f / %.1f |%n",
                    each.label(),
                    spread(full, each, Turn::perSecond).whole(),
                    spread(full, each, Turn::serverMicros).tenths(),
                    spread(full, each, Turn::redisMicros).tenths(),
                    spread(same, each, Turn::serverMicros).tenths(),
                    spread(same, each, Turn::redisMicros).tenths(),
                    spread(half, each, turn -> turn.millis(50)).median(),
                    spread(half, each, turn -> turn.millis(99)).median(),
                    spread(half, each, turn -> turn.millis(99.9)).median());
        }
        ratios("Server CPU per message at most load", full);
        ratios("Server CPU per message at the same rate", same);
        out.println();
    }

    private void ratios(String what, Map<Contender, List<Turn>> of) {
        out.println();
        out.println("| " + what + " | " + String.join(" | ", labels()) + " |");
        out.println("|---".repeat(plan.who().size() + 1) + "|");
        for (Contender under :
                List.of(plan.who().get(0), plan.who().get(plan.who().size() - 1))) {
            StringBuilder line = new StringBuilder("| : " + under.label() + " |");
            for (Contender over : plan.who()) {
                List<Double> costs = numbers(of, over, Turn::serverMicros);
                line.append(' ')
                        .append(Spread.ofRatios(costs, numbers(of, under, Turn::serverMicros))
                                .fraction())
                        .append(" |");
            }
            out.println(line);
        }
    }

    private List<String> labels() {
        return plan.who().stream().map(Contender::label).toList();
    }
}
