package io.webchat.core.contract.rooms;

import io.webchat.core.contract.ContractBackend;
import io.webchat.core.spi.RoomStore;
import org.junit.jupiter.api.extension.ExtendWith;

/** Proves that a {@link RoomStore} keeps every promise of its Javadoc. */
@ExtendWith(RoomFixture.Extension.class)
public interface RoomStoreContract
        extends RoomCreateContract, RoomMemberContract, RoomOwnerContract, RoomListContract, RoomConcurrencyContract {
    /** A backend for one test; neither its clock nor its data is touched. */
    ContractBackend<RoomStore> roomStores();
}
