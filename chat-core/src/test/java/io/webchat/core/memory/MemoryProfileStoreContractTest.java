package io.webchat.core.memory;

import io.webchat.core.contract.ContractBackend;
import io.webchat.core.contract.profiles.ProfileStoreContract;
import io.webchat.core.spi.ProfileStore;

/** The in-memory profiles keep the contract; their nodes share one object, as the nodes of one process do. */
final class MemoryProfileStoreContractTest implements ProfileStoreContract {
    @Override
    public ContractBackend<ProfileStore> profileStores() {
        ProfileStore shared = MemoryProfileStore.create();
        return () -> shared;
    }
}
