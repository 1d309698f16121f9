package io.webchat.dynamo;

import io.webchat.core.contract.ContractBackend;
import io.webchat.core.contract.queue.OfflineQueueContract;
import io.webchat.core.spi.OfflineQueue;
import io.webchat.core.spi.QueueLimits;

/** The queue in DynamoDB keeps the contract, on nodes that share nothing but the table. */
final class DynamoOfflineQueueContractTest implements OfflineQueueContract {
    @Override
    public ContractBackend<OfflineQueue> offlineQueues(QueueLimits limits) {
        return new QueueBackend(limits);
    }

    @Override
    public boolean hasEpochs() {
        return false;
    }
}
