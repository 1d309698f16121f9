package io.webchat.core.contract.profiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.webchat.core.Profile;
import io.webchat.core.contract.StageResults;
import io.webchat.core.spi.ProfileRemoval;
import org.junit.jupiter.api.Test;

/** Proves that a store which can remove a user leaves nothing of that user, and everything of others. */
interface ProfileRemovalContract {
    private static ProfileRemoval removal(ProfileFixture p) {
        assumeTrue(p.node instanceof ProfileRemoval, "the store cannot remove a user");
        return (ProfileRemoval) p.node;
    }

    @Test
    default void G16_a_removed_user_has_no_profile_and_no_blocks(ProfileFixture p) {
        p.save(p.alice, Profile.named("Alice"));
        p.save(p.bob, Profile.named("Bob"));
        p.block(p.alice, p.bob);
        p.block(p.bob, p.alice);
        assertThat(p.find(p.alice)).isPresent();
        assertThat(p.blocks(p.alice)).containsExactly(p.bob);

        StageResults.await(removal(p).remove(p.alice));
        StageResults.await(removal(p).remove(p.alice));

        assertThat(p.find(p.alice)).isEmpty();
        assertThat(p.blocks(p.alice)).isEmpty();
        assertThat(p.find(p.bob)).contains(Profile.named("Bob"));
        assertThat(p.blocks(p.bob)).containsExactly(p.alice);
    }

    @Test
    default void a_removed_user_may_begin_anew(ProfileFixture p) {
        p.save(p.alice, Profile.named("Alice"));
        StageResults.await(removal(p).remove(p.alice));

        p.save(p.alice, Profile.named("Another"));

        assertThat(p.find(p.alice)).contains(Profile.named("Another"));
    }
}
