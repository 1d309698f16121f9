package io.webchat.examples.benchmarks.load;

import static io.webchat.examples.benchmarks.Printed.output;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whether the load driver works, in a size that takes a moment. Its figures are for people to read, not for tests. */
class LoadTest {
    @Tag("process")
    @Tag("full")
    @Test
    void everyContestantOnTheJvmDeliversWhatIsSentUnderEachKindOfLoad() throws Exception {
        List<Contender> who = List.of(Contender.RELAY, Contender.MEMORY, Contender.TWO_NODES);
        EngineContest.Plan plan =
                new EngineContest.Plan(who, 4, 2, 50, 1, 200, 50, Set.of(EngineContest.Load.values()));

        String report = output(out -> EngineContest.run(plan, List.of(), out));

        // A contestant that lost or refused anything would have thrown.
        assertThat(report)
                .containsPattern("\\| relay \\| [1-9]")
                .containsPattern("\\| webchat, memory \\| [1-9]")
                .containsPattern("\\| webchat, Redis, 2 nodes \\| [1-9]");
    }

    @Tag("process")
    @Tag("full")
    @Test
    void theSummaryHasEachRatio() throws Exception {
        List<Contender> who = List.of(Contender.MEMORY, Contender.REDIS);
        EngineContest.Plan engines = new EngineContest.Plan(who, 4, 2, 50, 1, 200, 0, Set.of(EngineContest.Load.HALF));

        ConnectionsContest.Plan idle =
                new ConnectionsContest.Plan(List.of(Contender.RELAY, Contender.MEMORY), 10, 50, 100, 1, 200);

        String report = output(out -> Summary.run(new Summary.Plan(engines, idle, 1, 320), out));

        assertThat(report)
                .containsPattern("append step.*\\| [1-9]")
                .containsPattern("idle connection.*\\| [0-9]+\\.[0-9]+ \\| 1\\.25")
                .containsPattern("p99 in memory.*\\| [0-9]")
                .containsPattern("\\| webchat, memory \\| [1-9].*\\| [0-9]")
                .containsPattern("\\| relay \\| [1-9].*\\| [0-9]");
    }

    @Tag("process")
    @Tag("full")
    @Test
    void twoBuildsOfTheServersTakeTurns() throws Exception {
        // This build stands for the earlier one, too.
        System.setProperty(EarlierBuild.FOLDER, EarlierBuild.ownRoot().toString());
        EngineContest.Plan plan = BuildContest.plan();
        EngineContest.Plan brief =
                new EngineContest.Plan(plan.who(), 4, 2, 50, 1, 200, 50, Set.of(EngineContest.Load.SAME));
        try {
            String report = output(out -> BuildContest.run(brief, List.of(), out));

            assertThat(report)
                    .containsPattern("server in memory, at most load \\| [1-9].*\\| [0-9]")
                    .containsPattern("Redis, at 50 messages/s \\| [0-9]");
        } finally {
            System.clearProperty(EarlierBuild.FOLDER);
        }
    }

    @Test
    void anEarlierBuildHasItsOwnClassesAndTheSameLibraries() {
        String own = "/new/chat-core/target/classes:/home/.m2/netty.jar:/new/examples/benchmarks/target/classes";

        assertThat(EarlierBuild.classPath(own.replace(":", File.pathSeparator), Path.of("/new"), Path.of("/old")))
                .isEqualTo(own.replace("/new", "/old").replace(":", File.pathSeparator));
    }

    @Test
    void aFolderWithoutABuildIsNamed() {
        System.setProperty(EarlierBuild.FOLDER, "/nowhere");
        try {
            assertThatIllegalStateException()
                    .isThrownBy(EarlierBuild::classPath)
                    .withMessageContaining("/nowhere");
        } finally {
            System.clearProperty(EarlierBuild.FOLDER);
        }
    }

    @Tag("process")
    @Tag("full")
    @Test
    void everyoneIsBackAfterAStorm() throws Exception {
        assertThat(output(out -> Storm.run(20, 1, List.of(), out))).containsPattern("\\| 1 \\| \\d");
    }

    @Tag("process")
    @Tag("full")
    @Test
    void aSoakTellsWhatGrew() throws Exception {
        String report = output(out -> Soak.run(2, 1_000, List.of(), out));

        assertThat(report).containsPattern("\\| 2 \\| [1-9]").containsPattern("\\| Redis keys \\| [1-9]");
    }

    @Test
    void aSlopeIsThatOfTheLineThroughAll() {
        assertThat(Sample.slope(List.of(1.0, 3.0, 5.0))).isEqualTo(2);
        assertThat(Sample.slope(List.of(4.0, 1.0, 1.0, 4.0))).isZero();
        assertThat(Sample.slope(List.of(7.0))).isZero();
    }

    @Test
    void whatGatheredIsFetched() throws Exception {
        String report = output(out -> Backlog.run(List.of(Contender.MEMORY), List.of(10), List.of(), out));

        assertThat(report).containsPattern("\\| 10 \\| webchat, memory \\| [1-9]");
    }

    @Test
    void theSimulationUsesWhatTheModelPlans() {
        Sizing sizing = Sizing.of(1e6, Measured.DOCUMENTED, Assumptions.USUAL);

        Simulation.Scenario usual = new Simulation.Scenario(0, 1);
        Simulation.Outcome seen = Simulation.run(sizing, Measured.DOCUMENTED, Assumptions.USUAL, usual, 100_000, 1);

        double planned = sizing.nodesByCpu() * Assumptions.USUAL.use() / sizing.nodes();
        // How long 100 000 messages take that come at random is random too, by some tenths of a percent.
        assertThat(seen.busiestNode()).isBetween(0.99 * planned, 1.2 * planned);
        assertThat(seen.busiestShard())
                .isBetween(0.9 * sizing.shardsByCpu() * Assumptions.USUAL.use() / sizing.shards(), 1.0);
    }
}
