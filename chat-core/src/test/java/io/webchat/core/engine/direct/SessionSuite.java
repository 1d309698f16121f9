package io.webchat.core.engine.direct;

import io.webchat.core.engine.EngineBackendFactory;
import org.junit.jupiter.api.Nested;

/** Runs the tests of sessions, receipts and limits in 1:1 conversations on the backends of its subclass. */
public abstract class SessionSuite implements EngineBackendFactory {
    @Nested
    class Opening extends OpeningTest {}

    @Nested
    class ConversationFlow extends ConversationFlowTest {}

    @Nested
    class Receipts extends ReceiptsTest {}

    @Nested
    class ReadState extends ReadStateTest {}

    @Nested
    class CatchUp extends CatchUpTest {}

    @Nested
    class FanoutLimit extends FanoutLimitTest {}

    @Nested
    class OrderedSession extends OrderedSessionTest {}

    @Nested
    class Limits extends LimitsTest {}

    @Nested
    class MessageContents extends MessageContentTest {}

    @Nested
    class Quotes extends QuotesTest {}

    @Nested
    class BadInput extends BadInputTest {}

    @Nested
    class Blocks extends BlocksTest {}

    @Nested
    class Presence extends PresenceTest {}
}
