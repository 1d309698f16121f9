package io.webchat.examples.benchmarks.load;

import io.webchat.examples.benchmarks.Spread;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The cost of connections: memory of idle connections, and CPU per message when the same number of messages is spread
 * over few or many connections.
 */
final class ConnectionsContest {
    private final Plan plan;
    private final List<String> options;
    private final PrintStream out;
    private final List<Double> relayBytes = new ArrayList<>();

    private ConnectionsContest(Plan plan, List<String> options, PrintStream out) {
        this.plan = plan;
        this.options = options;
        this.out = out;
    }

    /**
     * How long it takes.
     *
     * @param who the contenders; memory is told as a ratio to the first one's
     * @param few how many connections are few
     * @param many how many are many
     * @param rate messages per second over all connections
     */
    record Plan(List<Contender> who, int few, int many, int rate, int rounds, long turnMillis) {
        /** Lets the clients write, before anything counts. */
        void warm(Party party) throws Exception {
            party.openLoop(rate, turnMillis, turnMillis / 4);
        }
    }

    /** Runs it and prints a table in Markdown. */
    static void run(Plan plan, List<String> options, PrintStream out) throws Exception {
        ConnectionsContest contest = new ConnectionsContest(plan, options, out);
        out.printf(
                Locale.ROOT,
                "| | bytes per idle connection | : %s | resident bytes | server CPU at %,d/s over %,d : over %,d "
                        + "| Redis CPU | p99 over %,d, ms |%n",
                plan.who().get(0).label(),
                plan.rate(),
                plan.many(),
                plan.few(),
                plan.many());
        out.println("|---|---|---|---|---|---|---|");
        for (Contender each : plan.who()) {
            contest.of(each);
        }
        out.println();
    }

    private void of(Contender who) throws Exception {
        try (ContenderServers few = new ContenderServers(who, options);
                Party small = new Party(few, "user", plan.few());
                IdleConnections large = new IdleConnections(who, plan, options)) {
            plan.warm(small);
            report(who, large, small);
        }
    }

    private void report(Contender who, IdleConnections large, Party small) throws Exception {
        relayBytes.add(large.heapBytes());
        List<Turn> few = new ArrayList<>();
        List<Turn> many = new ArrayList<>();
        for (int i = 0; i < plan.rounds(); i++) {
            few.add(turn(small));
            many.add(turn(large.party()));
        }
        out.printf(
                Locale.ROOT,
                "| %s | %,.0f | %.2f | %,.0f | %s | %s | %.1f |%n",
                who.label(),
                large.heapBytes(),
                large.heapBytes() / relayBytes.get(0),
                large.residentBytes(),
                ratio(many, few, true),
                who.usesRedis() ? ratio(many, few, false) : "–",
                Spread.of(many.stream().map(each -> each.millis(99)).toList()).median());
    }

    private Turn turn(Party party) throws Exception {
        return party.openLoop(plan.rate(), plan.turnMillis() / 4, plan.turnMillis());
    }

    private static String ratio(List<Turn> over, List<Turn> under, boolean server) throws IOException {
        return Spread.ofRatios(costs(over, server), costs(under, server)).fraction();
    }

    private static List<Double> costs(List<Turn> turns, boolean server) {
        return turns.stream()
                .map(each -> server ? each.serverMicros() : each.redisMicros())
                .toList();
    }
}
