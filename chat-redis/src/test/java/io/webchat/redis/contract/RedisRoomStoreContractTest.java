package io.webchat.redis.contract;

import io.webchat.core.contract.ContractBackend;
import io.webchat.core.contract.rooms.RoomStoreContract;
import io.webchat.core.spi.rooms.RoomStore;
import io.webchat.redis.RedisConfig;
import io.webchat.redis.testing.RedisServers;

/** Rooms fulfil their contract on a single server. */
final class RedisRoomStoreContractTest implements RoomStoreContract {
    @Override
    public ContractBackend<RoomStore> roomStores() {
        return StoreBackend.rooms(RedisConfig.of(RedisServers.shared().url()));
    }
}
