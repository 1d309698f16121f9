package io.webchat.redis.contract;

import io.webchat.core.engine.EngineBackendFactory;
import io.webchat.core.engine.EngineBackends;
import io.webchat.core.spi.queue.QueueLimits;
import io.webchat.redis.RedisChatRouter;
import io.webchat.redis.RedisConfig;
import io.webchat.redis.RedisConnections;
import io.webchat.redis.RedisOfflineQueue;
import io.webchat.redis.RedisProfileStore;
import io.webchat.redis.RedisRoomStore;
import io.webchat.redis.testing.RedisServers;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** Nodes over one Redis, each with connections of its own. Keys have a prefix that no other test has. */
final class RedisEngineBackends implements EngineBackends {
    /** Puts the suites of a test class on the shared Redis. */
    interface Factory extends EngineBackendFactory {
        @Override
        default EngineBackends backends(QueueLimits limits) {
            return new RedisEngineBackends(RedisServers.shared().url(), limits);
        }
    }

    private final RedisConfig config;
    private final QueueLimits limits;
    private final List<RedisConnections> opened = new CopyOnWriteArrayList<>();

    RedisEngineBackends(String url, QueueLimits limits) {
        this.config = RedisConfig.builder(url)
                .keyPrefix("t" + UUID.randomUUID().toString().substring(0, 8))
                .build();
        this.limits = limits;
    }

    @Override
    public Node node() {
        RedisConnections redis = RedisConnections.open(config);
        opened.add(redis);
        return new Node(
                new RedisChatRouter(redis),
                new RedisOfflineQueue(redis, limits),
                new RedisRoomStore(redis),
                new RedisProfileStore(redis));
    }

    @Override
    public void close() {
        opened.forEach(RedisConnections::close);
    }
}
