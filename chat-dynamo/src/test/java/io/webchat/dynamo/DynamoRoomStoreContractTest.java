package io.webchat.dynamo;

import io.webchat.core.contract.ContractBackend;
import io.webchat.core.contract.rooms.RoomFixture;
import io.webchat.core.contract.rooms.RoomStoreContract;
import io.webchat.core.spi.rooms.RoomStore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Rooms in DynamoDB keep the contract. DynamoDB Local takes many seconds for the tests of many rooms and members, so
 * they are {@code full} here; the rooms in memory and in Redis pass them in each build.
 */
final class DynamoRoomStoreContractTest implements RoomStoreContract {
    @Override
    public ContractBackend<RoomStore> roomStores() {
        return () -> DynamoRoomStore.create(Tables.CLIENT, Tables.config());
    }

    @Override
    @Test
    @Tag("full")
    public void many_rooms_are_all_listed_ordered_by_their_ids(RoomFixture r) {
        RoomStoreContract.super.many_rooms_are_all_listed_ordered_by_their_ids(r);
    }

    @Override
    @Test
    @Tag("full")
    public void many_members_see_the_new_name(RoomFixture r) {
        RoomStoreContract.super.many_members_see_the_new_name(r);
    }
}
