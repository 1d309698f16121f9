package io.webchat.dynamo;

import io.webchat.core.contract.ContractBackend;
import io.webchat.core.contract.calllog.CallLogStoreContract;
import io.webchat.core.spi.calllog.CallLogStore;

/** The call log in DynamoDB keeps the contract. */
final class DynamoCallLogStoreContractTest implements CallLogStoreContract {
    @Override
    public ContractBackend<CallLogStore> callLogStores() {
        return new CallLogBackend();
    }
}
