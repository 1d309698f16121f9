package io.webchat.redis;

import io.webchat.core.contract.ContractBackend;
import io.webchat.core.spi.queue.OfflineQueue;
import io.webchat.core.spi.queue.QueueLimits;
import io.webchat.redis.internal.client.RedisKeys;
import io.webchat.redis.internal.client.ServerIdentity;
import io.webchat.redis.internal.queue.QueueArguments;
import io.webchat.redis.testing.RedisEndpoint;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Queues on a shared server, with a unique prefix of their keys. Each node has its own connections.
 */
public final class QueueBackend implements ContractBackend<OfflineQueue> {
    private static final String SAVED = "saved-";

    private final RedisConfig config;
    private final List<RedisEndpoint> servers;
    private final QueueLimits limits;
    private final String prefix = "t" + UUID.randomUUID();
    private final AtomicLong skew = new AtomicLong();
    private final AtomicInteger incarnation = new AtomicInteger();
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
        return new RedisOfflineQueue(connections, keys(), new QueueArguments(limits, skew::get, this::identity));
    }

    /** The server seems to have started anew as often as the state went back. */
    private ServerIdentity identity(ServerIdentity server) {
        int times = incarnation.get();
        return times == 0 ? server : new ServerIdentity(String.format("%08x", times), server.millisAhead());
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

    @Override
    public void save() {
        delete(SAVED + prefix);
        copy(prefix, SAVED + prefix);
    }

    @Override
    public void goBack() {
        advance(Duration.ofSeconds(1));
        delete(prefix);
        copy(SAVED + prefix, prefix);
        incarnation.incrementAndGet();
    }

    private void copy(String from, String to) {
        for (RedisEndpoint server : servers) {
            for (String each : names(server, from)) {
                server.command("COPY", each, to + each.substring(from.length()));
            }
        }
    }

    private static List<String> names(RedisEndpoint server, String prefix) {
        List<?> keys = (List<?>) Objects.requireNonNull(server.command("KEYS", prefix + ":*"));
        return keys.stream().map(String::valueOf).toList();
    }

    private void delete(String prefix) {
        servers.forEach(server -> names(server, prefix).forEach(each -> server.command("UNLINK", each)));
    }

    private void deleteAll() {
        delete(prefix);
    }

    @Override
    public void close() {
        opened.forEach(RedisConnections::close);
        deleteAll();
        delete(SAVED + prefix);
    }
}
