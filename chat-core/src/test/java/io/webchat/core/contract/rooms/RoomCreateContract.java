package io.webchat.core.contract.rooms;

import static io.webchat.core.contract.rooms.RoomFixture.CREATED;
import static io.webchat.core.contract.rooms.RoomFixture.member;
import static io.webchat.core.contract.rooms.RoomFixture.owner;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.contract.ConcurrentCalls;
import io.webchat.core.contract.StageResults;
import io.webchat.core.rooms.Room;
import io.webchat.core.rooms.RoomMember;
import io.webchat.core.spi.rooms.RoomStore;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Proves that a room is created once, with all its members. */
interface RoomCreateContract {
    @Test
    default void a_created_room_is_found_on_every_node(RoomFixture r) {
        Room room = new Room(r.den, "안녕 👋 \"den\"", true, CREATED, List.of(owner(r.alice), member(r.bob)));

        assertThat(StageResults.await(r.node.create(room))).isTrue();
        assertThat(StageResults.await(r.node.find(r.den))).contains(room);
        assertThat(StageResults.await(r.other.find(r.den))).contains(room);
    }

    @Test
    default void a_room_that_nobody_created_is_not_found(RoomFixture r) {
        r.create(r.den, r.alice);

        assertThat(StageResults.await(r.node.find(r.room("elsewhere")))).isEmpty();
    }

    @Test
    default void whether_a_room_is_open_is_kept(RoomFixture r) {
        r.create(r.den, r.alice);
        Room open = new Room(r.room("open"), "open", true, CREATED, List.of(owner(r.alice)));
        StageResults.await(r.node.create(open));

        assertThat(r.find()).map(Room::open).contains(false);
        assertThat(StageResults.await(r.other.find(open.id()))).map(Room::open).contains(true);
    }

    @Test
    default void members_are_ordered_by_their_user_ids(RoomFixture r) {
        r.create(r.den, r.carol, r.bob, r.alice);

        assertThat(r.users()).containsExactly(r.alice, r.bob, r.carol);
    }

    @Test
    default void a_room_may_be_created_with_as_many_members_as_promised(RoomFixture r) {
        List<RoomMember> members = IntStream.range(0, RoomStore.MAX_FIRST_MEMBERS)
                .mapToObj(i -> owner(r.user("user" + (10 + i))))
                .toList();
        Room room = new Room(r.den, "den", false, CREATED, members);

        assertThat(StageResults.await(r.node.create(room))).isTrue();
        assertThat(r.find()).contains(room);
        assertThat(members)
                .allSatisfy(each -> assertThat(r.roomsOf(each.user())).containsExactly(r.den));
    }

    @Test
    default void a_room_that_exists_stays_as_it_is(RoomFixture r) {
        Room room = r.create(r.den, r.alice, r.bob);
        Room another = new Room(r.den, "another", true, CREATED + 5, List.of(owner(r.carol)));

        assertThat(StageResults.await(r.node.create(another))).isFalse();
        assertThat(StageResults.await(r.other.create(room))).isFalse();
        assertThat(r.find()).contains(room);
        assertThat(r.roomsOf(r.carol)).isEmpty();
    }

    @Test
    default void one_of_the_rooms_created_at_once_under_one_id_is_stored(RoomFixture r) {
        List<Room> rooms = IntStream.range(0, 6)
                .mapToObj(i -> new Room(
                        r.den, "room " + i, false, CREATED + i, List.of(owner(r.user("user" + i)), member(r.bob))))
                .toList();
        List<Boolean> created =
                ConcurrentCalls.run(6, i -> StageResults.await(r.node(i).create(rooms.get(i))));

        assertThat(created).containsOnlyOnce(true);
        Room winner = rooms.get(created.indexOf(true));
        assertThat(r.find()).map(Room::name).contains(winner.name());
        assertThat(r.members()).containsExactlyInAnyOrderElementsOf(winner.members());
        assertThat(r.roomsOf(r.bob)).containsExactly(r.den);
        for (int i = 0; i < 6; i++) {
            assertThat(r.roomsOf(r.user("user" + i))).hasSize(created.get(i) ? 1 : 0);
        }
    }
}
