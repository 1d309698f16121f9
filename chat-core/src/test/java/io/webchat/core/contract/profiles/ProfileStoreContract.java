package io.webchat.core.contract.profiles;

import io.webchat.core.contract.ContractBackend;
import io.webchat.core.spi.ProfileStore;
import org.junit.jupiter.api.extension.ExtendWith;

/** Proves that a {@link ProfileStore} keeps every promise of its Javadoc. */
@ExtendWith(ProfileFixture.Extension.class)
public interface ProfileStoreContract extends ProfileSaveContract, ProfileBlockContract, ProfileRemovalContract {
    /** Makes the backend of one test. The tests neither move its clock nor lose its data. */
    ContractBackend<ProfileStore> profileStores();
}
