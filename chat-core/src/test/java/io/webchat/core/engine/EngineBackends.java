package io.webchat.core.engine;

import io.webchat.core.spi.ChatRouter;
import io.webchat.core.spi.ProfileStore;
import io.webchat.core.spi.calllog.CallLogStore;
import io.webchat.core.spi.queue.OfflineQueue;
import io.webchat.core.spi.rooms.RoomStore;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The backends that the nodes of one test share. All tests use the same user names, so each needs its own data. */
public interface EngineBackends extends AutoCloseable {
    /**
     * The adapters of one node.
     *
     * @param router its router
     * @param queue its offline queue
     * @param rooms its rooms; null for ones in memory that all nodes of the test share
     * @param profiles its profiles and blocks; null for ones in memory that all nodes of the test share
     * @param callLog its call log; null for one in memory that all nodes of the test share
     */
    record Node(
            ChatRouter router,
            OfflineQueue queue,
            @Nullable RoomStore rooms,
            @Nullable ProfileStore profiles,
            @Nullable CallLogStore callLog) {
        /** A node whose rooms, profiles and call log are in memory. */
        public Node(ChatRouter router, OfflineQueue queue) {
            this(router, queue, null, null);
        }

        /** A node whose call log is in memory. */
        public Node(ChatRouter router, OfflineQueue queue, @Nullable RoomStore rooms, @Nullable ProfileStore profiles) {
            this(router, queue, rooms, profiles, null);
        }
    }

    /** The adapters of one more node. */
    Node node();

    /**
     * How long a node waits in a test in which a backend hangs on purpose. The test waits as long, so it is short; a
     * healthy call is faster.
     */
    default Duration hangTimeout() {
        return Duration.ofMillis(500);
    }

    /** How many messages these backends store within a second or so, on the machine of the nodes. */
    default int burst() {
        return 1000;
    }

    /** Closes all adapters. Called once, when the nodes are closed. */
    @Override
    void close();
}
