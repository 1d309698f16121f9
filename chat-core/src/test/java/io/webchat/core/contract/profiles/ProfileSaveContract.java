package io.webchat.core.contract.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.Profile;
import io.webchat.core.contract.ConcurrentCalls;
import io.webchat.core.contract.StageResults;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Proves that a profile is read as it was saved, and is replaced as a whole. */
interface ProfileSaveContract {
    @Test
    default void a_profile_is_found_on_every_node(ProfileFixture p) {
        Profile profile = new Profile("앨리스 👋 \"A\"", Map.of("colour", "#00f", "empty", ""));
        p.save(p.alice, profile);

        assertThat(StageResults.await(p.node.find(p.alice))).contains(profile);
        assertThat(p.find(p.alice)).contains(profile);
    }

    @Test
    default void a_profile_that_nobody_saved_is_not_found(ProfileFixture p) {
        p.save(p.alice, Profile.named("Alice"));
        p.block(p.bob, p.alice);

        assertThat(p.find(p.bob)).isEmpty();
    }

    @Test
    default void a_profile_is_replaced_as_a_whole(ProfileFixture p) {
        p.save(p.alice, new Profile("Alice", Map.of("colour", "blue", "town", "Seoul")));
        Profile next = new Profile("Alice B.", Map.of("town", "Busan"));
        StageResults.await(p.other.save(p.alice, next));

        assertThat(StageResults.await(p.node.find(p.alice))).contains(next);
        p.save(p.alice, Profile.named("A."));
        assertThat(p.find(p.alice)).contains(Profile.named("A."));
    }

    @Test
    default void each_user_has_a_profile_of_their_own(ProfileFixture p) {
        p.save(p.alice, Profile.named("Alice"));
        p.save(p.bob, Profile.named("Bob"));

        assertThat(p.find(p.alice)).contains(Profile.named("Alice"));
        assertThat(p.find(p.bob)).contains(Profile.named("Bob"));
    }

    @Test
    default void the_largest_profile_is_kept(ProfileFixture p) {
        Map<String, String> attributes = IntStream.range(0, 16)
                .mapToObj(i -> "attribute-" + i)
                .collect(Collectors.toMap(Function.identity(), name -> "안".repeat(512)));
        Profile profile = new Profile("안".repeat(100), attributes);
        p.save(p.alice, profile);

        assertThat(p.find(p.alice)).contains(profile);
    }

    @Test
    default void one_large_attribute_is_kept(ProfileFixture p) {
        Profile profile = new Profile("Alice", Map.of("picture", "안".repeat(8_192)));
        p.save(p.alice, profile);

        assertThat(p.find(p.alice)).contains(profile);
    }

    @Test
    default void one_of_the_profiles_saved_at_once_is_stored_as_a_whole(ProfileFixture p) {
        List<Profile> all = IntStream.range(0, 6)
                .mapToObj(i -> new Profile("Alice " + i, Map.of("only-" + i, "x", "number", "" + i)))
                .toList();
        ConcurrentCalls.run(6, i -> {
            StageResults.await(p.node(i).save(p.alice, all.get(i)));
            return i;
        });

        assertThat(p.find(p.alice)).get().isIn(all);
        assertThat(StageResults.await(p.node.find(p.alice))).isEqualTo(p.find(p.alice));
    }
}
