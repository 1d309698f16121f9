package io.webchat.redis.contract;

import io.webchat.core.contract.ContractBackend;
import io.webchat.core.contract.profiles.ProfileStoreContract;
import io.webchat.core.memory.MemoryProfileStore;
import io.webchat.core.spi.ProfileStore;
import io.webchat.redis.RedisConfig;
import io.webchat.redis.RedisConnections;
import io.webchat.redis.RedisProfileCache;
import io.webchat.redis.testing.RedisServers;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A profile store fulfils its contract behind the cache too. */
final class RedisProfileCacheContractTest implements ProfileStoreContract {
    @Override
    public ContractBackend<ProfileStore> profileStores() {
        return new Backend();
    }

    private static final class Backend implements ContractBackend<ProfileStore> {
        private final ProfileStore shared = MemoryProfileStore.create();
        private final ConcurrentLinkedQueue<RedisConnections> opened = new ConcurrentLinkedQueue<>();

        @Override
        public ProfileStore node() {
            RedisConnections redis =
                    RedisConnections.open(RedisConfig.of(RedisServers.shared().url()));
            opened.add(redis);
            return new RedisProfileCache(redis, shared);
        }

        @Override
        public void close() {
            opened.forEach(RedisConnections::close);
        }
    }
}
