package io.webchat.core.contract.router;

import io.webchat.core.contract.ContractBackend;
import io.webchat.core.spi.ChatRouter;
import org.junit.jupiter.api.extension.ExtendWith;

/** Proves that a {@link ChatRouter} keeps every promise of its Javadoc. */
@ExtendWith(RouterFixture.Extension.class)
public interface ChatRouterContract
        extends RouterPublishContract, RouterSubscriptionContract, RouterConcurrencyContract {
    /** Makes the backend of one test. The tests neither move its clock nor lose its data. */
    ContractBackend<ChatRouter> chatRouters();
}
