package io.webchat.examples.benchmarks.load;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** From what one message and one connection cost to what many users need; {@code docs/scaling.md} explains it. */
final class Capacity {
    private static final List<Double> USERS = List.of(1e4, 1e6, 1e8);
    private static final List<Simulation.Scenario> SCENARIOS =
            List.of(new Simulation.Scenario(0, 1), new Simulation.Scenario(1, 1), new Simulation.Scenario(1, 8));
    private static final int MESSAGES = 1_000_000;
    private static final long SEED = 20_261_128;

    private Capacity() {}

    /** Prints the model and the simulation as tables in Markdown. */
    static void run(PrintStream out) {
        Measured measured = Measured.DOCUMENTED;
        Assumptions by = Assumptions.USUAL;
        out.println("| users | messages/s | nodes (by CPU / by memory) | Redis shards (by CPU / by memory) "
                + "| DynamoDB write units/s |");
        out.println("|---|---|---|---|---|");
        USERS.forEach(users -> out.println(Sizing.of(users, measured, by).row()));
        out.println();
        out.println("| users | nodes missing | times the peak | busiest node | busiest shard | p99, ms |");
        out.println("|---|---|---|---|---|---|");
        for (double users : USERS) {
            for (Simulation.Scenario scenario : SCENARIOS) {
                Sizing sizing = Sizing.of(users, measured, by);
                Simulation.Outcome seen = Simulation.run(sizing, measured, by, scenario, MESSAGES, SEED);
                out.printf(
                        Locale.ROOT,
                        "| %,.0f | %d | %.0f | %.0f %% | %.0f %% | %.2f |%n",
                        users,
                        scenario.missing(),
                        scenario.surge(),
                        100 * seen.busiestNode(),
                        100 * seen.busiestShard(),
                        seen.p99Millis());
            }
        }
        out.println();
    }
}
