package io.webchat.core.contract;

import io.webchat.core.spi.OfflineQueue;
import io.webchat.core.spi.QueueLimits;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What every {@link OfflineQueue} must do. A test class that implements this runs it against its adapter.
 */
@ExtendWith(Fixtures.class)
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
