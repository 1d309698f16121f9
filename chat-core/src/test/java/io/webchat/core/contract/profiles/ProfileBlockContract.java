package io.webchat.core.contract.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ErrorCode;
import io.webchat.core.Profile;
import io.webchat.core.contract.ConcurrentCalls;
import io.webchat.core.contract.StageResults;
import io.webchat.core.ids.UserId;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Proves that blocks are stored, listed, bounded and removed. */
interface ProfileBlockContract {
    @Test
    default void a_block_is_seen_on_every_node(ProfileFixture p) {
        p.block(p.alice, p.bob);
        p.block(p.alice, p.carol);

        assertThat(StageResults.await(p.node.blocks(p.alice))).containsExactlyInAnyOrder(p.bob, p.carol);
        assertThat(p.blocks(p.alice)).containsExactlyInAnyOrder(p.bob, p.carol);
    }

    @Test
    default void a_user_who_blocked_nobody_has_an_empty_list(ProfileFixture p) {
        p.save(p.alice, Profile.named("Alice"));

        assertThat(p.blocks(p.alice)).isEmpty();
    }

    @Test
    default void a_block_goes_one_way(ProfileFixture p) {
        p.block(p.alice, p.bob);

        assertThat(p.blocks(p.bob)).isEmpty();
        assertThat(p.blocks(p.carol)).isEmpty();
    }

    @Test
    default void an_unblocked_user_is_not_blocked_any_more(ProfileFixture p) {
        p.block(p.alice, p.bob);
        p.block(p.alice, p.carol);
        p.unblock(p.alice, p.bob);

        assertThat(p.blocks(p.alice)).containsExactly(p.carol);
        p.unblock(p.alice, p.carol);
        assertThat(p.blocks(p.alice)).isEmpty();
        p.block(p.alice, p.bob);
        assertThat(p.blocks(p.alice)).containsExactly(p.bob);
    }

    @Test
    default void repeating_a_block_or_its_end_changes_nothing(ProfileFixture p) {
        p.unblock(p.alice, p.bob);
        p.block(p.alice, p.bob);
        p.block(p.alice, p.bob);
        assertThat(p.blocks(p.alice)).containsExactly(p.bob);

        p.unblock(p.alice, p.bob);
        p.unblock(p.alice, p.bob);
        assertThat(p.blocks(p.alice)).isEmpty();
    }

    @Test
    default void beyond_the_limit_nobody_else_is_blocked(ProfileFixture p) {
        StageResults.await(p.node.block(p.alice, p.bob, 2));
        StageResults.await(p.node.block(p.alice, p.carol, 2));
        UserId dave = p.user("dave");

        StageResults.assertRefused(ErrorCode.TOO_LARGE, p.other.block(p.alice, dave, 2));
        assertThat(p.blocks(p.alice)).containsExactlyInAnyOrder(p.bob, p.carol);
        StageResults.await(p.other.block(p.alice, p.bob, 2));
        p.unblock(p.alice, p.bob);
        StageResults.await(p.other.block(p.alice, dave, 2));
        assertThat(p.blocks(p.alice)).containsExactlyInAnyOrder(dave, p.carol);
    }

    @Test
    default void a_profile_and_blocks_leave_each_other_alone(ProfileFixture p) {
        p.block(p.alice, p.bob);
        p.save(p.alice, Profile.named("Alice"));
        p.block(p.alice, p.carol);

        assertThat(p.blocks(p.alice)).containsExactlyInAnyOrder(p.bob, p.carol);
        assertThat(p.find(p.alice)).contains(Profile.named("Alice"));
    }

    @Test
    default void blocks_at_once_are_all_stored(ProfileFixture p) {
        Set<UserId> refused = new HashSet<>();
        for (int i = 0; i < 60; i++) {
            refused.add(p.user("user" + i));
        }
        ConcurrentCalls.run(6, i -> {
            for (int n = i; n < 60; n += 6) {
                StageResults.await(p.node(i).block(p.alice, p.user("user" + n), ProfileFixture.MANY));
            }
            return i;
        });

        assertThat(p.blocks(p.alice)).isEqualTo(refused);
        ConcurrentCalls.run(6, i -> {
            for (int n = i; n < 54; n += 6) {
                StageResults.await(p.node(i).unblock(p.alice, p.user("user" + n)));
            }
            return i;
        });
        assertThat(p.blocks(p.alice)).hasSize(6);
    }
}
