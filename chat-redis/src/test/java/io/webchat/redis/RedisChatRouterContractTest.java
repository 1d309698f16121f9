package io.webchat.redis;

import io.webchat.core.contract.ChatRouterContract;
import io.webchat.core.contract.ContractBackend;
import io.webchat.core.spi.ChatRouter;
import io.webchat.redis.testing.RedisEndpoint;
import io.webchat.redis.testing.RedisServers;
import java.util.ArrayList;
import java.util.List;

/** The router keeps the contract on one server; each node has connections of its own. */
final class RedisChatRouterContractTest implements ChatRouterContract {
    private final RedisEndpoint server = RedisServers.shared();

    @Override
    public ContractBackend<ChatRouter> chatRouters() {
        return new Backend(server);
    }

    private static final class Backend implements ContractBackend<ChatRouter> {
        private final RedisEndpoint server;
        private final List<RedisConnections> nodes = new ArrayList<>();

        Backend(RedisEndpoint server) {
            this.server = server;
        }

        @Override
        public ChatRouter node() {
            RedisConnections redis = RedisConnections.open(RedisConfig.of(server.url()));
            nodes.add(redis);
            return new RedisChatRouter(redis);
        }

        @Override
        public void interruptSubscriptions() {
            server.command("CLIENT", "KILL", "TYPE", "pubsub");
        }

        @Override
        public void close() {
            nodes.forEach(RedisConnections::close);
        }
    }
}
