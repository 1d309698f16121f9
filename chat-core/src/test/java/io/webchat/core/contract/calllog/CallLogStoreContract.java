package io.webchat.core.contract.calllog;

import io.webchat.core.contract.ContractBackend;
import io.webchat.core.spi.CallLogStore;
import org.junit.jupiter.api.extension.ExtendWith;

/** Proves that a {@link CallLogStore} keeps every promise of its Javadoc. */
@ExtendWith(CallLogFixture.Extension.class)
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
