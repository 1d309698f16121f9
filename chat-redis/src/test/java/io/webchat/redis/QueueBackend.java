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
 * Queues on a server that others use too: their keys have a prefix of their own. Each node has connections of its own.
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

    /** On servers that hold the keys together. */
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
        // No server restarts within the microsecond in which it died.
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
