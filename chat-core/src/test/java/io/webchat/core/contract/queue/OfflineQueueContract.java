package io.webchat.core.contract.queue;

import io.webchat.core.contract.ContractBackend;
import io.webchat.core.spi.queue.OfflineQueue;
import io.webchat.core.spi.queue.QueueLimits;
import org.junit.jupiter.api.extension.ExtendWith;

/** Proves that an {@link OfflineQueue} keeps every promise of its Javadoc. */
@ExtendWith(QueueFixture.Extension.class)
public interface OfflineQueueContract
        extends QueueOrderContract,
                QueueReadContract,
                QueueErasureContract,
                QueueResendContract,
                QueueReceiptContract,
                QueueAmendmentContract,
                QueueDeletionContract,
                QueueDeviceContract,
                QueueConfirmContract,
                QueueBoundContract,
                QueueAgeContract,
                QueueLastSeenContract,
                QueueLossContract,
                QueueEpochContract,
                QueueRestoreContract,
                QueueRestoreBoundContract,
                QueueRewindContract,
                QueueRewindBoundContract,
                QueueLostAmendmentContract,
                QueueConcurrencyContract {
    /**
     * Makes the backend of one test; its nodes keep these limits. A backend that cannot keep a limit exactly keeps a
     * looser one, never a tighter one.
     */
    ContractBackend<OfflineQueue> offlineQueues(QueueLimits limits);

    /** Whether the queues have epochs, so that lost messages can be restored. Other backends skip those tests. */
    default boolean hasEpochs() {
        return true;
    }
}
