package io.webchat.core.memory;

import io.webchat.core.contract.ContractBackend;
import io.webchat.core.contract.calllog.CallLogStoreContract;
import io.webchat.core.spi.calllog.CallLogStore;

/** The in-memory call log keeps the contract; its nodes share one object, as the nodes of one process do. */
final class MemoryCallLogStoreContractTest implements CallLogStoreContract {
    @Override
    public ContractBackend<CallLogStore> callLogStores() {
        CallLogStore shared = MemoryCallLogStore.create();
        return () -> shared;
    }
}
