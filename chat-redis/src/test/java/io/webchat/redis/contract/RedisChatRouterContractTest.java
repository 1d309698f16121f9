package io.webchat.redis.contract;

import io.webchat.core.contract.ContractBackend;
import io.webchat.core.contract.router.ChatRouterContract;
import io.webchat.core.spi.ChatRouter;
import io.webchat.redis.RedisConfig;
import io.webchat.redis.testing.RedisEndpoint;
import io.webchat.redis.testing.RedisServers;
import java.util.List;

/** The router fulfils its contract on a single server. */
final class RedisChatRouterContractTest implements ChatRouterContract {
    private final RedisEndpoint server = RedisServers.shared();

    @Override
    public ContractBackend<ChatRouter> chatRouters() {
        return new RouterBackend(RedisConfig.of(server.url()), List.of(server));
    }
}
