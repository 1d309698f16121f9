package io.webchat.core.contract.rooms;

import static io.webchat.core.contract.rooms.RoomFixture.CREATED;
import static io.webchat.core.contract.rooms.RoomFixture.owner;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.contract.StageResults;
import io.webchat.core.ids.RoomId;
import io.webchat.core.rooms.Membership;
import io.webchat.core.rooms.Room;
import io.webchat.core.rooms.RoomRole;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Proves that a user's list of rooms is complete. */
interface RoomListContract {
    @Test
    default void a_user_in_no_room_has_an_empty_list(RoomFixture r) {
        r.create(r.den, r.alice);

        assertThat(StageResults.await(r.node.roomsOf(r.bob))).isEmpty();
    }

    @Test
    default void a_room_is_listed_as_its_member_has_it(RoomFixture r) {
        Room room = r.create(r.den, r.alice, r.bob);

        assertThat(StageResults.await(r.other.roomsOf(r.alice)))
                .containsExactly(new Membership(r.den, room.name(), RoomRole.OWNER, CREATED, r.alice));
        assertThat(StageResults.await(r.other.roomsOf(r.bob)))
                .containsExactly(new Membership(r.den, room.name(), RoomRole.MEMBER, CREATED + 1, r.bob));
    }

    @Test
    default void a_new_role_shows_in_the_list(RoomFixture r) {
        Room room = r.create(r.den, r.alice, r.bob);
        r.put(owner(r.bob));

        assertThat(StageResults.await(r.other.roomsOf(r.bob)))
                .containsExactly(new Membership(r.den, room.name(), RoomRole.OWNER, CREATED + 1, r.bob));
    }

    @Test
    default void G12_a_user_sees_their_own_rooms_only(RoomFixture r) {
        r.create(r.den, r.alice, r.bob);
        r.create(r.room("attic"), r.bob, r.carol);

        assertThat(r.roomsOf(r.alice)).containsExactly(r.den);
        assertThat(r.roomsOf(r.bob)).containsExactly(r.room("attic"), r.den);
        assertThat(r.roomsOf(r.carol)).containsExactly(r.room("attic"));
    }

    @Test
    default void many_rooms_are_all_listed_ordered_by_their_ids(RoomFixture r) {
        List<RoomId> ids = IntStream.range(0, 120)
                .mapToObj(i -> r.room("r" + (i * 7) % 120))
                .toList();
        ids.forEach(each -> r.create(each, r.alice, r.bob));

        assertThat(r.roomsOf(r.alice))
                .containsExactlyElementsOf(
                        ids.stream().sorted(Comparator.comparing(RoomId::value)).toList());
    }
}
