package io.webchat.core.engine;

import io.webchat.core.spi.queue.OfflineQueue;

/** Makes the backends for the tests of one {@link QueueLossSuite}. A test class that runs suites implements it. */
public interface QueueLossBackendFactory {
    /** Returns a queue without data, like that of a server which lost its data. */
    OfflineQueue emptyQueue();

    /** Returns new backends for one test, whose nodes all have this queue. */
    EngineBackends backends(OfflineQueue shared);
}
