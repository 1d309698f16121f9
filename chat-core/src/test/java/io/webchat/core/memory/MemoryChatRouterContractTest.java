package io.webchat.core.memory;

import io.webchat.core.contract.ContractBackend;
import io.webchat.core.contract.router.ChatRouterContract;
import io.webchat.core.spi.ChatRouter;

/** The in-memory router keeps the contract; nodes that share one are a cluster within one process. */
final class MemoryChatRouterContractTest implements ChatRouterContract {
    @Override
    public ContractBackend<ChatRouter> chatRouters() {
        ChatRouter shared = new MemoryChatRouter();
        return () -> shared;
    }
}
