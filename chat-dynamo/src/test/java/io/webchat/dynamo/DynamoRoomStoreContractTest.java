package io.webchat.dynamo;

import io.webchat.core.contract.ContractBackend;
import io.webchat.core.contract.rooms.RoomStoreContract;
import io.webchat.core.spi.rooms.RoomStore;

/** Rooms in DynamoDB keep the contract. */
final class DynamoRoomStoreContractTest implements RoomStoreContract {
    @Override
    public ContractBackend<RoomStore> roomStores() {
        return () -> DynamoRoomStore.create(Tables.CLIENT, Tables.config());
    }
}
