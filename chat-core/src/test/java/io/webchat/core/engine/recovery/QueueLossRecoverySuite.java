package io.webchat.core.engine.recovery;

import io.webchat.core.engine.QueueLossBackendFactory;
import org.junit.jupiter.api.Nested;

/** Runs the tests of a queue that loses its data on the backends of its subclass. */
public abstract class QueueLossRecoverySuite implements QueueLossBackendFactory {
    @Nested
    class QueueLoss extends QueueLossTest {}

    @Nested
    class QueueLossFaults extends QueueLossFaultsTest {}

    @Nested
    class RepeatedQueueLoss extends RepeatedQueueLossTest {}

    @Nested
    class LostRoomChanges extends LostRoomChangesTest {}

    @Nested
    class LostAmendments extends LostAmendmentsTest {}

    @Nested
    class AmendmentFaults extends AmendmentFaultsTest {}
}
