package io.webchat.redis.contract;

import io.webchat.core.contract.ContractBackend;
import io.webchat.core.contract.queue.OfflineQueueContract;
import io.webchat.core.spi.OfflineQueue;
import io.webchat.core.spi.QueueLimits;
import io.webchat.redis.QueueBackend;
import io.webchat.redis.testing.RedisServers;

/** The queue in Redis keeps the contract, on nodes with connections of their own. */
final class RedisOfflineQueueContractTest implements OfflineQueueContract {
    @Override
    public ContractBackend<OfflineQueue> offlineQueues(QueueLimits limits) {
        return new QueueBackend(RedisServers.shared(), limits);
    }
}
