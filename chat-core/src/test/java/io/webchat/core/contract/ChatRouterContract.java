package io.webchat.core.contract;

import io.webchat.core.spi.ChatRouter;
import org.junit.jupiter.api.extension.ExtendWith;

/** What every {@link ChatRouter} must do. A test class that implements this runs it against its adapter. */
@ExtendWith(Fixtures.class)
public interface ChatRouterContract
        extends RouterPublishContract, RouterSubscriptionContract, RouterConcurrencyContract {
    /** A backend for one test; its clock and the loss of its data are not asked for. */
    ContractBackend<ChatRouter> chatRouters();
}
