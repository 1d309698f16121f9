package io.webchat.core.engine;

import io.webchat.core.spi.queue.QueueLimits;

/** Makes the backends for the tests of one {@link EngineSuite}. A test class that runs suites implements it. */
@FunctionalInterface
public interface EngineBackendFactory {
    /** Returns new backends for one test, whose queues have these limits. */
    EngineBackends backends(QueueLimits limits);
}
