package io.webchat.core.engine.recovery;

import io.webchat.core.engine.TestCluster;
import java.time.Clock;

/** Random edits, deletions, reactions and resends, with faults. Everyone converges, and nobody gets deleted content. */
final class AmendmentModel {
    private static final int STEPS = 150;

    private final long seed;
    private final Clock clock;
    private final Runnable disaster;

    /** A model whose clients have the true time. */
    AmendmentModel(long seed, Runnable disaster) {
        this(seed, Clock.systemUTC(), disaster);
    }

    /**
     * A model.
     *
     * @param clock the clock of the clients
     * @param disaster what happens to the queue now and then
     */
    AmendmentModel(long seed, Clock clock, Runnable disaster) {
        this.seed = seed;
        this.clock = clock;
        this.disaster = disaster;
    }

    /** Runs the conversation over two nodes, and closes them. */
    void run(TestCluster nodesOfTest) {
        run(nodesOfTest, STEPS);
    }

    /** Runs the conversation over two nodes for this number of steps, and closes them. */
    void run(TestCluster nodesOfTest, int steps) {
        try (TestCluster cluster = nodesOfTest) {
            new AmendmentRun(cluster, seed, clock, disaster).make(steps);
        }
    }
}
