package io.webchat.redis;

import io.webchat.core.contract.ChatRouterContract;
import io.webchat.core.contract.ContractBackend;
import io.webchat.core.spi.ChatRouter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;

/** The router keeps the contract on a cluster. */
final class ClusterChatRouterContractTest implements ChatRouterContract {
    @BeforeAll
    static void start() {
        SharedCluster.assume();
    }

    @Override
    public ContractBackend<ChatRouter> chatRouters() {
        return new Backend();
    }

    private static final class Backend implements ContractBackend<ChatRouter> {
        private final List<RedisConnections> nodes = new ArrayList<>();

        @Override
        public ChatRouter node() {
            RedisConnections redis = RedisConnections.open(SharedCluster.get().url());
            nodes.add(redis);
            return new RedisChatRouter(redis);
        }

        @Override
        public void interruptSubscriptions() {
            SharedCluster.get().nodes().forEach(each -> each.command("CLIENT", "KILL", "TYPE", "pubsub"));
        }

        @Override
        public void close() {
            nodes.forEach(RedisConnections::close);
        }
    }
}
