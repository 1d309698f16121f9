package io.webchat.redis.contract;

import io.webchat.core.contract.ContractBackend;
import io.webchat.core.spi.ChatRouter;
import io.webchat.redis.RedisChatRouter;
import io.webchat.redis.RedisConfig;
import io.webchat.redis.RedisConnections;
import io.webchat.redis.testing.RedisEndpoint;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Routers on nodes with their own connections. */
final class RouterBackend implements ContractBackend<ChatRouter> {
    private final RedisConfig config;
    private final List<RedisEndpoint> servers;
    private final ConcurrentLinkedQueue<RedisConnections> nodes = new ConcurrentLinkedQueue<>();

    /** Routers on these servers, which this configuration connects to. */
    RouterBackend(RedisConfig config, List<RedisEndpoint> servers) {
        this.config = config;
        this.servers = servers;
    }

    @Override
    public ChatRouter node() {
        RedisConnections redis = RedisConnections.open(config);
        nodes.add(redis);
        return new RedisChatRouter(redis);
    }

    @Override
    public void interruptSubscriptions() {
        servers.forEach(each -> each.command("CLIENT", "KILL", "TYPE", "pubsub"));
    }

    @Override
    public void close() {
        nodes.forEach(RedisConnections::close);
    }
}
