package io.webchat.core.contract.profiles;

import io.webchat.core.Profile;
import io.webchat.core.contract.ContractBackend;
import io.webchat.core.contract.ContractFixture;
import io.webchat.core.contract.FixtureExtension;
import io.webchat.core.contract.StageResults;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.ProfileStore;
import java.util.Optional;
import java.util.Set;

/** Profiles on two nodes: written on the one, read on the other. */
final class ProfileFixture extends ContractFixture {
    /** Makes the fixtures of this suite. */
    static final class Extension extends FixtureExtension<ProfileStoreContract> {
        Extension() {
            super(ProfileStoreContract.class, ProfileFixture.class, ProfileFixture::new);
        }
    }

    static final int MANY = 1_000;

    private final ContractBackend<ProfileStore> backend;

    final ProfileStore node;
    final ProfileStore other;

    ProfileFixture(ProfileStoreContract suite) {
        backend = suite.profileStores();
        node = backend.node();
        other = backend.node();
    }

    ProfileStore node(int i) {
        return i % 2 == 0 ? node : other;
    }

    void save(UserId user, Profile profile) {
        StageResults.await(node.save(user, profile));
    }

    Optional<Profile> find(UserId user) {
        return StageResults.await(other.find(user));
    }

    void block(UserId user, UserId refused) {
        StageResults.await(node.block(user, refused, MANY));
    }

    void unblock(UserId user, UserId refused) {
        StageResults.await(node.unblock(user, refused));
    }

    Set<UserId> blocks(UserId user) {
        return StageResults.await(other.blocks(user));
    }

    @Override
    public void close() {
        backend.close();
    }
}
