package io.webchat.core.contract;

import io.webchat.core.spi.ChatRouter;
import org.junit.jupiter.api.extension.ExtendWith;

/** What every {@link ChatRouter} must do. A test class that implements this runs it against its adapter. */
@ExtendWith(Fixtures.class)
public interface ChatRouterContract
        extends RouterPublishContract, RouterSubscriptionContract, RouterConcurrencyContract {
    /** A backend for one test; neither its clock nor its data is touched. */
    ContractBackend<ChatRouter> chatRouters();
}
