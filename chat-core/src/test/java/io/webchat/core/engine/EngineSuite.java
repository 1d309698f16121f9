package io.webchat.core.engine;

import io.webchat.core.spi.queue.QueueLimits;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Tests of the engine on any backends. They run on the in-memory adapters, unless a test class that is an {@link
 * EngineBackendFactory} has them as nested classes.
 */
public abstract class EngineSuite {
    @RegisterExtension
    final OutermostTest<EngineBackendFactory> outermost =
            new OutermostTest<>(EngineBackendFactory.class, MemoryBackends::new);

    /** Nodes with the default limits of a queue. */
    protected final TestCluster cluster() {
        return cluster(QueueLimits.DEFAULT);
    }

    /** Nodes whose queues have these limits. */
    protected final TestCluster cluster(QueueLimits limits) {
        return new TestCluster(outermost.get().backends(limits));
    }
}
