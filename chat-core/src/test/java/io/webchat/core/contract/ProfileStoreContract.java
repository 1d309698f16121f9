package io.webchat.core.contract;

import io.webchat.core.spi.ProfileStore;
import org.junit.jupiter.api.extension.ExtendWith;

/** What every {@link ProfileStore} must do. A test class that implements this runs it against its adapter. */
@ExtendWith(Fixtures.class)
public interface ProfileStoreContract extends ProfileSaveContract, ProfileBlockContract {
    /** A backend for one test; neither its clock nor its data is touched. */
    ContractBackend<ProfileStore> profileStores();
}
