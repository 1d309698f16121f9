package io.webchat.core.contract.queue;

import io.webchat.core.contract.ContractBackend;
import io.webchat.core.spi.OfflineQueue;
import io.webchat.core.spi.QueueLimits;
import org.junit.jupiter.api.extension.ExtendWith;

/** Proves that an {@link OfflineQueue} keeps every promise of its Javadoc. */
@ExtendWith(QueueFixture.Extension.class)
public interface OfflineQueueContract
        extends QueueOrderContract,
                QueueReadContract,
                QueueResendContract,
                QueueReceiptContract,
                QueueDeviceContract,
                QueueConfirmContract,
                QueueBoundContract,
                QueueAgeContract,
                QueueLossContract,
                QueueConcurrencyContract {
    /**
     * A backend for one test, whose nodes are held to these limits. What cannot be bounded as asked must
     * not be bounded more tightly.
     */
    ContractBackend<OfflineQueue> offlineQueues(QueueLimits limits);
}
