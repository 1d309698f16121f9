package io.webchat.core.contract.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.contract.ConcurrentCalls;
import io.webchat.core.contract.StageResults;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.AdditionPolicy;
import io.webchat.core.spi.rooms.RoomConsent;
import io.webchat.core.spi.rooms.RoomConsentStore;
import io.webchat.core.spi.rooms.RoomStore;
import io.webchat.core.spi.rooms.UserConsents;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Proves that a {@link RoomConsentStore} remembers the rooms that a user must agree to join; other stores skip it. */
interface RoomConsentContract {
    private static RoomConsentStore consents(RoomStore store) {
        Assumptions.assumeTrue(store instanceof RoomConsentStore, "the store makes no invitations");
        return (RoomConsentStore) store;
    }

    private static UserConsents read(RoomFixture r, UserId user) {
        return StageResults.await(consents(r.other).consents(user));
    }

    private static void save(RoomFixture r, UserId user, RoomConsent consent) {
        StageResults.await(consents(r.node).save(user, consent));
    }

    private static RoomConsent invitation(RoomId room, UserId by) {
        return new RoomConsent(room, RoomConsent.State.INVITED, "the " + room, by, RoomFixture.CREATED);
    }

    private static RoomConsent left(RoomId room, UserId user) {
        return new RoomConsent(room, RoomConsent.State.LEFT, "the " + room, user, RoomFixture.CREATED + 1);
    }

    @Test
    default void a_user_without_entries_may_be_added_by_anyone(RoomFixture r) {
        assertThat(read(r, r.alice)).isEqualTo(new UserConsents(AdditionPolicy.ALLOW, List.of()));
    }

    @Test
    default void a_policy_holds_on_every_node_until_it_is_changed(RoomFixture r) {
        StageResults.await(consents(r.node).setPolicy(r.alice, AdditionPolicy.ASK));
        assertThat(read(r, r.alice).policy()).isEqualTo(AdditionPolicy.ASK);
        assertThat(read(r, r.bob).policy()).isEqualTo(AdditionPolicy.ALLOW);

        StageResults.await(consents(r.node).setPolicy(r.alice, AdditionPolicy.ALLOW));
        assertThat(read(r, r.alice).policy()).isEqualTo(AdditionPolicy.ALLOW);
    }

    @Test
    default void entries_are_read_as_they_were_stored_in_the_order_of_their_rooms(RoomFixture r) {
        RoomId attic = r.room("attic");
        RoomConsent first = invitation(attic, r.bob);
        RoomConsent second = left(r.den, r.alice);
        save(r, r.alice, second);
        save(r, r.alice, first);

        List<RoomConsent> expected =
                attic.value().compareTo(r.den.value()) < 0 ? List.of(first, second) : List.of(second, first);
        assertThat(read(r, r.alice).rooms()).isEqualTo(expected);
        assertThat(read(r, r.bob).rooms()).isEmpty();
    }

    @Test
    default void a_room_has_one_entry_and_the_last_one_holds(RoomFixture r) {
        save(r, r.alice, invitation(r.den, r.bob));
        save(r, r.alice, left(r.den, r.alice));

        assertThat(read(r, r.alice).rooms()).containsExactly(left(r.den, r.alice));
    }

    @Test
    default void a_forgotten_entry_is_gone_and_the_others_and_the_policy_stay(RoomFixture r) {
        StageResults.await(consents(r.node).setPolicy(r.alice, AdditionPolicy.ASK));
        save(r, r.alice, invitation(r.den, r.bob));
        save(r, r.alice, invitation(r.room("attic"), r.bob));
        StageResults.await(consents(r.other).forget(r.alice, r.den));
        StageResults.await(consents(r.other).forget(r.alice, r.den));

        assertThat(read(r, r.alice))
                .isEqualTo(new UserConsents(AdditionPolicy.ASK, List.of(invitation(r.room("attic"), r.bob))));
    }

    @Test
    default void entries_are_no_memberships(RoomFixture r) {
        r.create(r.den, r.bob);
        save(r, r.alice, invitation(r.den, r.bob));

        assertThat(r.roomsOf(r.alice)).isEmpty();
        assertThat(r.users()).containsExactly(r.bob);
    }

    @Test
    default void entries_stored_at_once_are_all_there(RoomFixture r) {
        ConcurrentCalls.run(8, i -> {
            save(r, r.alice, invitation(r.room("room" + i), r.bob));
            return i;
        });

        assertThat(read(r, r.alice).rooms()).hasSize(8);
    }
}
