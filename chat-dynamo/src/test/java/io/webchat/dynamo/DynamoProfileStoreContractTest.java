package io.webchat.dynamo;

import io.webchat.core.contract.ContractBackend;
import io.webchat.core.contract.profiles.ProfileStoreContract;
import io.webchat.core.spi.ProfileStore;

/** Profiles in DynamoDB keep the contract. */
final class DynamoProfileStoreContractTest implements ProfileStoreContract {
    @Override
    public ContractBackend<ProfileStore> profileStores() {
        return () -> DynamoProfileStore.create(Tables.CLIENT, Tables.config());
    }
}
