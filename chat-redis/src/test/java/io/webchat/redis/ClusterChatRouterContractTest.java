package io.webchat.redis;

import io.webchat.core.contract.ChatRouterContract;
import io.webchat.core.contract.ContractBackend;
import io.webchat.core.spi.ChatRouter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The router keeps the contract on a cluster. */
@Tag("cluster")
final class ClusterChatRouterContractTest implements ChatRouterContract {
    @BeforeAll
    static void start() {
        SharedCluster.assume();
    }

    @Override
    public ContractBackend<ChatRouter> chatRouters() {
        return new RouterBackend(RedisConfig.of(SharedCluster.get().url()), SharedCluster.endpoints());
    }
}
