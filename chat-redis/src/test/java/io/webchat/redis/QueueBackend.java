package io.webchat.redis;

import io.webchat.core.contract.ContractBackend;
import io.webchat.core.spi.OfflineQueue;
import io.webchat.core.spi.QueueLimits;
import io.webchat.redis.internal.client.RedisKeys;
import io.webchat.redis.testing.RedisEndpoint;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Queues on a shared server, with a unique prefix of their keys. Each node has its own connections.
 */
public final class QueueBackend implements ContractBackend<OfflineQueue> {
    private final RedisConfig config;
    private final List<RedisEndpoint> servers;
    private final QueueLimits limits;
    private final String prefix = "t" + UUID.randomUUID();
    private final AtomicLong skew = new AtomicLong();
    private final ConcurrentLinkedQueue<RedisConnections> opened = new ConcurrentLinkedQueue<>();

    /** Queues on one server. */
    public QueueBackend(RedisEndpoint server, QueueLimits limits) {
        this(RedisConfig.of(server.url()), List.of(server), limits);
    }

    /** Queues on these servers, which this configuration connects to. */
    public QueueBackend(RedisConfig config, List<RedisEndpoint> servers, QueueLimits limits) {
        this.config = config;
        this.servers = servers;
        this.limits = limits;
    }

    @Override
    public OfflineQueue node() {
        RedisConnections connections = RedisConnections.open(config);
        opened.add(connections);
        return new RedisOfflineQueue(connections, keys(), limits, skew::get);
    }

    RedisKeys keys() {
        return new RedisKeys(prefix);
    }

    @Override
    public void advance(Duration time) {
        skew.addAndGet(time.toNanos() / 1000);
    }

    @Override
    public void loseData() {
        // A real server needs more than a microsecond for its restart.
        advance(Duration.ofSeconds(1));
        deleteAll();
    }

    private void deleteAll() {
        for (RedisEndpoint server : servers) {
            List<?> keys = (List<?>) Objects.requireNonNull(server.command("KEYS", prefix + ":*"));
            keys.forEach(each -> server.command("UNLINK", String.valueOf(each)));
        }
    }

    @Override
    public void close() {
        opened.forEach(RedisConnections::close);
        deleteAll();
    }
}
