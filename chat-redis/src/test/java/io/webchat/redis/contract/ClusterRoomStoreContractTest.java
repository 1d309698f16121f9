package io.webchat.redis.contract;

import io.webchat.core.contract.ContractBackend;
import io.webchat.core.contract.rooms.RoomStoreContract;
import io.webchat.core.spi.rooms.RoomStore;
import io.webchat.redis.RedisConfig;
import io.webchat.redis.SharedCluster;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** Rooms fulfil their contract on a cluster, where a room and its members' lists have different slots. */
@Tag("cluster")
final class ClusterRoomStoreContractTest implements RoomStoreContract {
    @BeforeAll
    static void start() {
        SharedCluster.assume();
    }

    @Override
    public ContractBackend<RoomStore> roomStores() {
        return StoreBackend.rooms(RedisConfig.of(SharedCluster.get().url()));
    }
}
