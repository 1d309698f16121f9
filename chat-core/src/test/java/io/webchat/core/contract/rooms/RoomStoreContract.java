package io.webchat.core.contract.rooms;

import io.webchat.core.contract.ContractBackend;
import io.webchat.core.spi.rooms.RoomStore;
import org.junit.jupiter.api.extension.ExtendWith;

/** Proves that a {@link RoomStore} keeps every promise of its Javadoc. */
@ExtendWith(RoomFixture.Extension.class)
public interface RoomStoreContract
        extends RoomCreateContract,
                RoomMemberContract,
                RoomOwnerContract,
                RoomListContract,
                RoomConsentContract,
                RoomUpdateContract,
                RoomNoteContract,
                RoomConcurrencyContract {
    /** Makes the backend of one test. The tests neither move its clock nor lose its data. */
    ContractBackend<RoomStore> roomStores();
}
