package io.webchat.redis.contract;

import io.webchat.core.contract.ContractBackend;
import io.webchat.core.contract.queue.OfflineQueueContract;
import io.webchat.core.spi.queue.OfflineQueue;
import io.webchat.core.spi.queue.QueueLimits;
import io.webchat.redis.QueueBackend;
import io.webchat.redis.RedisConfig;
import io.webchat.redis.SharedCluster;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The queue fulfils its contract on a cluster. */
@Tag("cluster")
final class ClusterOfflineQueueContractTest implements OfflineQueueContract {
    @BeforeAll
    static void start() {
        SharedCluster.assume();
    }

    @Override
    public ContractBackend<OfflineQueue> offlineQueues(QueueLimits limits) {
        return new QueueBackend(RedisConfig.of(SharedCluster.get().url()), SharedCluster.endpoints(), limits);
    }
}
