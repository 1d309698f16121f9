package io.webchat.examples.benchmarks.load;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The same conversation over several servers, in turn and in several rounds: the maximum of each, then the same rate
 * for all, then half of each one's maximum. A control, which does nearly nothing, gets half of the first one's maximum:
 * its latencies are those of the machine and of the driver.
 */
final class EngineContest implements AutoCloseable {
    /** The control. */
    static final Contender CONTROL = Contender.RELAY;

    /** The part of the warm-up that the control gets. */
    private static final int CONTROL_WARM_UP = 5;

    /** A load beside the maximum. */
    enum Load {
        /** The same rate for all. */
        SAME,
        /** Half of each one's maximum. */
        HALF
    }

    private final Plan plan;
    private final Map<Contender, ContenderServers> sites = new EnumMap<>(Contender.class);
    private final Map<Contender, Party> parties = new EnumMap<>(Contender.class);
    private final EngineTurns full = new EngineTurns();
    private final EngineTurns same = new EngineTurns();
    private final EngineTurns half = new EngineTurns();

    private EngineContest(Plan plan) {
        this.plan = plan;
    }

    /**
     * How long it takes.
     *
     * @param who the contenders; ratios are told against the first and the last one
     * @param clients how many clients each has
     * @param underWay how many messages of each client are under way at full load
     * @param warmUpMillis how long each is under full load before anything counts
     * @param rounds how many turns each has
     * @param turnMillis how long a turn at one load takes
     * @param rate the rate that is the same for all, in messages per second
     * @param loads the loads of each round beside the maximum
     */
    record Plan(
            List<Contender> who,
            int clients,
            int underWay,
            long warmUpMillis,
            int rounds,
            long turnMillis,
            int rate,
            Set<Load> loads) {
        /** Whether the relay takes part as the control only. */
        private boolean controlled() {
            return loads.contains(Load.HALF) && !who.contains(CONTROL);
        }

        private List<Contender> all() {
            List<Contender> all = new ArrayList<>(who);
            if (controlled()) {
                all.add(CONTROL);
            }
            return all;
        }
    }

    /**
     * What was measured.
     *
     * @param full at the most that each contender can do
     * @param same at the rate that is the same for all
     * @param half at half of each one's maximum; of the control at half of the first contender's
     */
    record Figures(EngineTurns full, EngineTurns same, EngineTurns half) {}

    /** Runs it and prints tables in Markdown. */
    static void run(Plan plan, List<String> options, PrintStream out) throws Exception {
        new EngineReport(plan, measure(plan, options), out).print();
    }

    /** Runs it and returns what it measured. */
    static Figures measure(Plan plan, List<String> options) throws Exception {
        try (EngineContest contest = new EngineContest(plan)) {
            contest.prepare(options);
            for (int round = 0; round < plan.rounds(); round++) {
                contest.round(round);
            }
            return new Figures(contest.full, contest.same, contest.half);
        }
    }

    private void prepare(List<String> options) throws Exception {
        for (Contender each : plan.all()) {
            ContenderServers site = new ContenderServers(each, options);
            sites.put(each, site);
            Party party = new Party(site, "user", plan.clients());
            parties.put(each, party);
            boolean control = !plan.who().contains(each);
            long warmUp = control ? plan.warmUpMillis() / CONTROL_WARM_UP : plan.warmUpMillis();
            party.saturate(plan.underWay(), warmUp, plan.turnMillis() / 4);
        }
    }

    private void round(int round) throws Exception {
        List<Contender> order = new ArrayList<>(plan.who());
        Collections.rotate(order, round);
        long settle = plan.turnMillis() / 4;
        for (Contender each : order) {
            Turn turn = party(each).saturate(plan.underWay(), settle, plan.turnMillis());
            full.add(each, turn);
            progress(round, each, turn);
        }
        if (plan.loads().contains(Load.SAME)) {
            for (Contender each : order) {
                same.add(each, party(each).openLoop(plan.rate(), settle, plan.turnMillis()));
            }
        }
        if (plan.loads().contains(Load.HALF)) {
            for (Contender each : order) {
                half.add(each, party(each).openLoop(halfOf(each), settle, plan.turnMillis()));
            }
        }
        if (plan.controlled()) {
            double rate = halfOf(plan.who().get(0));
            half.add(CONTROL, party(CONTROL).openLoop(rate, settle, plan.turnMillis()));
        }
    }

    private double halfOf(Contender each) {
        return full.spread(each, Turn::perSecond).median() / 2;
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

    @Override
    public void close() {
        parties.values().forEach(Party::close);
        sites.values().forEach(ContenderServers::close);
    }
}
