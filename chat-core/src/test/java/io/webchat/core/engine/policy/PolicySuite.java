package io.webchat.core.engine.policy;

import io.webchat.core.engine.EngineBackendFactory;
import org.junit.jupiter.api.Nested;

/** Runs the tests of the application's policies on the backends of its subclass. */
public abstract class PolicySuite implements EngineBackendFactory {
    @Nested
    class MessagePolicies extends MessagePolicyTest {}

    @Nested
    class Contacts extends ContactPolicyTest {}

    @Nested
    class Principals extends PrincipalTest {}

    @Nested
    class ReplacedMessages extends ReplacedMessagesTest {}
}
