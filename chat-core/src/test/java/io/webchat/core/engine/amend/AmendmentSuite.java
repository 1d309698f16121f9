package io.webchat.core.engine.amend;

import io.webchat.core.engine.EngineBackendFactory;
import org.junit.jupiter.api.Nested;

/** Runs the tests of amendments on the backends of its subclass. */
public abstract class AmendmentSuite implements EngineBackendFactory {
    @Nested
    class Amendments extends AmendmentsTest {}

    @Nested
    class AmendmentRights extends AmendmentRightsTest {}

    @Nested
    class ReplacedEdits extends ReplacedEditsTest {}

    @Nested
    class RoomAmendments extends RoomAmendmentsTest {}
}
