package io.webchat.core.contract;

import io.webchat.core.spi.RoomStore;
import org.junit.jupiter.api.extension.ExtendWith;

/** What every {@link RoomStore} must do. A test class that implements this runs it against its adapter. */
@ExtendWith(Fixtures.class)
public interface RoomStoreContract
        extends RoomCreateContract, RoomMemberContract, RoomOwnerContract, RoomListContract, RoomConcurrencyContract {
    /** A backend for one test; neither its clock nor its data is touched. */
    ContractBackend<RoomStore> roomStores();
}
