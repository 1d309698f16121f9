package io.webchat.core.engine.direct;

import io.webchat.core.engine.EngineBackendFactory;
import org.junit.jupiter.api.Nested;

/** Runs the tests of sending and delivery in 1:1 conversations on the backends of its subclass. */
public abstract class DeliverySuite implements EngineBackendFactory {
    @Nested
    class DeliveryGuarantees extends DeliveryGuaranteesTest {}

    @Nested
    class SendOrder extends SendOrderTest {}

    @Nested
    class SessionlessSend extends SessionlessSendTest {}

    @Nested
    class Retries extends RetriesTest {}
}
