package io.webchat.core.contract.calllog;

import io.webchat.core.contract.ContractBackend;
import io.webchat.core.spi.calllog.CallLogStore;
import org.junit.jupiter.api.extension.ExtendWith;

/** Proves that a {@link CallLogStore} keeps every promise of its Javadoc. */
@ExtendWith(CallLogFixture.Extension.class)
public interface CallLogStoreContract
        extends CallLogAppendContract,
                CallLogMarkContract,
                CallLogRoomMarkContract,
                CallLogPageContract,
                CallLogPositionContract,
                CallLogConversationsContract,
                CallLogRoomsContract,
                CallLogUnreadContract,
                CallLogReaderContract,
                CallLogRemovalContract,
                CallLogQuoteContract,
                CallLogErasureContract,
                CallLogAmendmentContract {
    /** Makes the backend of one test. The tests neither move its clock nor lose its data. */
    ContractBackend<CallLogStore> callLogStores();
}
