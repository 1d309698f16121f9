package io.webchat.core.contract;

import io.webchat.core.Profile;
import io.webchat.core.UserId;
import io.webchat.core.spi.ProfileStore;
import java.util.Optional;
import java.util.Set;

/** Profiles on two nodes: written on the one, read on the other. */
final class ProfileFixture extends Fixture {
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
        Answers.of(node.save(user, profile));
    }

    Optional<Profile> find(UserId user) {
        return Answers.of(other.find(user));
    }

    void block(UserId user, UserId refused) {
        Answers.of(node.block(user, refused, MANY));
    }

    void unblock(UserId user, UserId refused) {
        Answers.of(node.unblock(user, refused));
    }

    Set<UserId> blocks(UserId user) {
        return Answers.of(other.blocks(user));
    }

    @Override
    public void close() {
        backend.close();
    }
}
