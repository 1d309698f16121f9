package io.webchat.core.engine;

import io.webchat.core.spi.QueueLimits;

/**
 * The engine's tests, on the in-memory adapters. They ship as chat-core's test-jar beside the contract suites: a test
 * class of another adapter extends each of them and says on which backends it runs.
 */
public abstract class EngineSuite {
    /** The backends of one test, with these limits. */
    protected EngineBackends backends(QueueLimits limits) {
        return new MemoryBackends(limits);
    }

    final Cluster cluster() {
        return cluster(QueueLimits.DEFAULT);
    }

    final Cluster cluster(QueueLimits limits) {
        return new Cluster(backends(limits));
    }
}
