package io.webchat.redis.contract;

import io.webchat.core.contract.ContractBackend;
import io.webchat.core.contract.router.ChatRouterContract;
import io.webchat.core.spi.ChatRouter;
import io.webchat.redis.RedisConfig;
import io.webchat.redis.SharedCluster;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The router fulfils its contract on a cluster. */
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
