package io.webchat.core.engine.recovery;

import io.webchat.core.engine.QueueLossSuite;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random edits, deletions and reactions through two nodes, with faults and lost queues: everyone converges. */
public class AmendmentFaultsTest extends QueueLossSuite {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void G17_everyoneConvergesAndNobodyGetsDeletedContent(long seed) {
        new AmendmentModel(seed, () -> queue.lose()).run(cluster());
    }
}
