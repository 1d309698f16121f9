package io.webchat.core.contract;

import io.webchat.core.spi.CallLogStore;
import org.junit.jupiter.api.extension.ExtendWith;

/** What every {@link CallLogStore} must do. A test class that implements this runs it against its adapter. */
@ExtendWith(Fixtures.class)
public interface CallLogStoreContract
        extends CallLogAppendContract,
                CallLogMarkContract,
                CallLogRoomMarkContract,
                CallLogPageContract,
                CallLogConversationsContract,
                CallLogRoomsContract,
                CallLogUnreadContract,
                CallLogRemovalContract,
                CallLogErasureContract {
    /** A backend for one test; neither its clock nor its data is touched. */
    ContractBackend<CallLogStore> callLogStores();
}
