package io.webchat.core.engine;

import io.webchat.core.spi.ChatRouter;
import io.webchat.core.spi.OfflineQueue;
import java.time.Duration;

/** What the nodes of one test share. Other tests use the same names of users, and must not be seen. */
public interface EngineBackends extends AutoCloseable {
    /**
     * What one node has for itself.
     *
     * @param router its router
     * @param queue its offline queue
     */
    record Node(ChatRouter router, OfflineQueue queue) {}

    /** The adapters of one more node. */
    Node node();

    /** The time-out that the engine gives these backends; tests wait for it where one is silent. */
    Duration timeout();

    /** Ends all that was made. Called once, when the nodes are closed. */
    @Override
    void close();
}
