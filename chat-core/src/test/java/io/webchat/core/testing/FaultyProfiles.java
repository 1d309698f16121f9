package io.webchat.core.testing;

import io.webchat.core.Profile;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.ProfileRemoval;
import io.webchat.core.spi.ProfileStore;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Profiles whose reads of blocks can fail. */
public final class FaultyProfiles implements ProfileStore, ProfileRemoval {
    /** Faults of {@code blocks}. */
    public final Faults asking;

    private final ProfileStore store;

    /** Over this backend, without faults at first. */
    public FaultyProfiles(ProfileStore store) {
        this(store, new Faults());
    }

    private FaultyProfiles(ProfileStore store, Faults asking) {
        this.store = store;
        this.asking = asking;
    }

    /** Another node's profiles, with the same faults. */
    public FaultyProfiles over(ProfileStore another) {
        return new FaultyProfiles(another, asking);
    }

    @Override
    public CompletionStage<Void> save(UserId user, Profile profile) {
        return store.save(user, profile);
    }

    @Override
    public CompletionStage<Optional<Profile>> find(UserId user) {
        return store.find(user);
    }

    @Override
    public CompletionStage<Void> block(UserId user, UserId other, int max) {
        return store.block(user, other, max);
    }

    @Override
    public CompletionStage<Void> unblock(UserId user, UserId other) {
        return store.unblock(user, other);
    }

    @Override
    public CompletionStage<Void> remove(UserId user) {
        return ((ProfileRemoval) store).remove(user);
    }

    @Override
    public CompletionStage<Set<UserId>> blocks(UserId user) {
        return asking.apply(() -> store.blocks(user));
    }
}
