package io.webchat.redis;

import io.webchat.core.contract.queue.QueueRemovalContract;
import io.webchat.core.spi.queue.OfflineQueue;
import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.RedisServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** The queue in Redis can be emptied. */
@ExtendWith(RedisServers.class)
final class RedisQueueRemovalTest implements QueueRemovalContract {
    private final RedisConnections connections;
    private final RedisOfflineQueue queue;

    RedisQueueRemovalTest(RedisServer server) {
        connections = RedisConnections.open(server.url());
        queue = new RedisOfflineQueue(connections);
    }

    @AfterEach
    void close() {
        connections.close();
    }

    @Override
    public OfflineQueue queue() {
        return queue;
    }
}
