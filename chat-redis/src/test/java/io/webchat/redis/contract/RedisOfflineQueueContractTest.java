package io.webchat.redis.contract;

import io.webchat.core.contract.ContractBackend;
import io.webchat.core.contract.queue.OfflineQueueContract;
import io.webchat.core.spi.queue.OfflineQueue;
import io.webchat.core.spi.queue.QueueLimits;
import io.webchat.redis.QueueBackend;
import io.webchat.redis.testing.RedisServers;

/** The queue fulfils its contract on a single server. */
final class RedisOfflineQueueContractTest implements OfflineQueueContract {
    @Override
    public ContractBackend<OfflineQueue> offlineQueues(QueueLimits limits) {
        return new QueueBackend(RedisServers.shared(), limits);
    }
}
