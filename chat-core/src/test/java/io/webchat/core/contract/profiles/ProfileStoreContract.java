package io.webchat.core.contract.profiles;

import io.webchat.core.contract.ContractBackend;
import io.webchat.core.spi.ProfileStore;
import org.junit.jupiter.api.extension.ExtendWith;

/** Proves that a {@link ProfileStore} keeps every promise of its Javadoc. */
@ExtendWith(ProfileFixture.Extension.class)
public interface ProfileStoreContract extends ProfileSaveContract, ProfileBlockContract {
    /** A backend for one test; neither its clock nor its data is touched. */
    ContractBackend<ProfileStore> profileStores();
}
