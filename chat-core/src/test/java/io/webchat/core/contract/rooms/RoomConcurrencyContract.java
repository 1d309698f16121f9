package io.webchat.core.contract.rooms;

import static io.webchat.core.contract.rooms.RoomFixture.CREATED;
import static io.webchat.core.contract.rooms.RoomFixture.MANY;
import static io.webchat.core.contract.rooms.RoomFixture.member;
import static io.webchat.core.contract.rooms.RoomFixture.outcome;
import static io.webchat.core.contract.rooms.RoomFixture.owner;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.contract.ConcurrentCalls;
import io.webchat.core.contract.StageResults;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.Room;
import io.webchat.core.rooms.RoomMember;
import io.webchat.core.rooms.RoomRole;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Proves that each change is one atomic step when many threads on two nodes change one room. */
interface RoomConcurrencyContract {
    int ROUNDS = 10;

    @Test
    default void members_added_at_once_are_all_there(RoomFixture r) {
        r.create(r.den, r.alice);
        ConcurrentCalls.run(6, i -> {
            for (int n = 0; n < 10; n++) {
                StageResults.await(r.node(i).put(r.den, member(r.user("user" + i + n)), MANY));
            }
            return i;
        });

        assertThat(r.members()).hasSize(61);
        assertThat(r.members())
                .allSatisfy(each -> assertThat(r.roomsOf(each.user())).containsExactly(r.den));
    }

    @Test
    default void a_room_never_gets_more_members_than_it_may_have(RoomFixture r) {
        r.create(r.den, r.alice);
        List<Integer> outcomes =
                ConcurrentCalls.run(8, i -> outcome(r.node(i).put(r.den, member(r.user("user" + i)), 5)));

        assertThat(r.members()).hasSize(5);
        for (int i = 0; i < 8; i++) {
            boolean in = r.users().contains(r.user("user" + i));
            assertThat(outcomes.get(i)).as("the answer to user %s", i).isEqualTo(in ? 1 : -1);
            assertThat(r.roomsOf(r.user("user" + i))).hasSize(in ? 1 : 0);
        }
    }

    @Test
    default void one_of_the_same_changes_made_at_once_has_an_effect(RoomFixture r) {
        r.create(r.den, r.alice);
        List<Integer> added = ConcurrentCalls.run(6, i -> outcome(r.node(i).put(r.den, member(r.bob), MANY)));
        List<Integer> raised = ConcurrentCalls.run(6, i -> outcome(r.node(i).put(r.den, owner(r.bob), MANY)));
        List<Integer> removed = ConcurrentCalls.run(6, i -> outcome(r.node(i).remove(r.den, r.bob)));

        assertThat(added).containsExactlyInAnyOrder(1, 0, 0, 0, 0, 0);
        assertThat(raised).containsExactlyInAnyOrder(1, 0, 0, 0, 0, 0);
        assertThat(removed).containsExactlyInAnyOrder(1, 0, 0, 0, 0, 0);
        assertThat(r.users()).containsExactly(r.alice);
        assertThat(StageResults.await(r.node.put(r.den, member(r.carol), 2))).isTrue();
    }

    @Test
    default void owners_who_leave_at_once_leave_one_owner_behind(RoomFixture r) {
        for (int round = 0; round < ROUNDS; round++) {
            RoomId room = roomOfThreeOwners(r, "leave" + round);
            List<Integer> outcomes = ConcurrentCalls.run(
                    3, i -> outcome(r.node(i).remove(room, owners(r).get(i))));
            assertOneOwnerLeft(r, room, outcomes);
        }
    }

    @Test
    default void owners_who_step_down_at_once_leave_one_owner(RoomFixture r) {
        for (int round = 0; round < ROUNDS; round++) {
            RoomId room = roomOfThreeOwners(r, "step" + round);
            List<Integer> outcomes = ConcurrentCalls.run(
                    3, i -> outcome(r.node(i).put(room, member(owners(r).get(i)), MANY)));
            assertOneOwnerLeft(r, room, outcomes);
        }
    }

    private static List<UserId> owners(RoomFixture r) {
        return List.of(r.alice, r.bob, r.carol);
    }

    private static RoomId roomOfThreeOwners(RoomFixture r, String name) {
        List<RoomMember> members = Stream.concat(
                        owners(r).stream().map(RoomFixture::owner), Stream.of(member(r.user("dave"))))
                .toList();
        Room room = new Room(r.room(name), name, false, CREATED, members);
        StageResults.await(r.node.create(room));
        return room.id();
    }

    private static void assertOneOwnerLeft(RoomFixture r, RoomId room, List<Integer> outcomes) {
        assertThat(outcomes).containsExactlyInAnyOrder(1, 1, -1);
        UserId left = owners(r).get(outcomes.indexOf(-1));
        List<UserId> still = StageResults.await(r.node.find(room)).map(Room::members).orElse(List.of()).stream()
                .filter(each -> each.role() == RoomRole.OWNER)
                .map(RoomMember::user)
                .toList();
        assertThat(still).containsExactly(left);
    }

    @Test
    default void a_user_who_joins_while_the_last_one_leaves_is_a_member_or_was_refused(RoomFixture r) {
        for (int round = 0; round < ROUNDS; round++) {
            UserId guest = r.user("guest" + round);
            RoomId room = r.room("den" + round);
            r.create(room, r.alice);
            List<Integer> outcomes = ConcurrentCalls.run(
                    2, i -> outcome(i == 0 ? r.node.remove(room, r.alice) : r.other.put(room, member(guest), MANY)));

            assertThat(outcomes).containsExactlyInAnyOrder(1, -1);
            boolean joined = outcomes.get(1) == 1;
            assertThat(StageResults.await(r.node.find(room)).map(Room::members).orElse(List.of()))
                    .hasSize(joined ? 2 : 0);
            assertThat(r.roomsOf(guest)).hasSize(joined ? 1 : 0);
            assertThat(r.roomsOf(r.alice).contains(room)).isEqualTo(joined);
        }
    }
}
