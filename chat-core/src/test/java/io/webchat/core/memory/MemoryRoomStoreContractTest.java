package io.webchat.core.memory;

import io.webchat.core.contract.ContractBackend;
import io.webchat.core.contract.rooms.RoomStoreContract;
import io.webchat.core.spi.rooms.RoomStore;

/** The in-memory rooms keep the contract; their nodes share one object, as the nodes of one process do. */
final class MemoryRoomStoreContractTest implements RoomStoreContract {
    @Override
    public ContractBackend<RoomStore> roomStores() {
        RoomStore shared = MemoryRoomStore.create();
        return () -> shared;
    }
}
