package io.webchat.redis.contract;

import io.webchat.core.contract.ContractBackend;
import io.webchat.core.contract.profiles.ProfileStoreContract;
import io.webchat.core.spi.ProfileStore;
import io.webchat.redis.RedisConfig;
import io.webchat.redis.SharedCluster;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** Profiles and blocks fulfil their contract on a cluster. */
@Tag("cluster")
final class ClusterProfileStoreContractTest implements ProfileStoreContract {
    @BeforeAll
    static void start() {
        SharedCluster.assume();
    }

    @Override
    public ContractBackend<ProfileStore> profileStores() {
        return StoreBackend.profiles(RedisConfig.of(SharedCluster.get().url()));
    }
}
