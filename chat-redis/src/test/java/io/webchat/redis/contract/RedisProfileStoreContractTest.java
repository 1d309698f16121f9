package io.webchat.redis.contract;

import io.webchat.core.contract.ContractBackend;
import io.webchat.core.contract.profiles.ProfileStoreContract;
import io.webchat.core.spi.ProfileStore;
import io.webchat.redis.RedisConfig;
import io.webchat.redis.testing.RedisServers;

/** Profiles and blocks fulfil their contract on a single server. */
final class RedisProfileStoreContractTest implements ProfileStoreContract {
    @Override
    public ContractBackend<ProfileStore> profileStores() {
        return StoreBackend.profiles(RedisConfig.of(RedisServers.shared().url()));
    }
}
