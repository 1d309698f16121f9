package io.webchat.core.contract.rooms;

import static io.webchat.core.contract.rooms.RoomFixture.MANY;
import static io.webchat.core.contract.rooms.RoomFixture.member;
import static io.webchat.core.contract.rooms.RoomFixture.owner;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ErrorCode;
import io.webchat.core.contract.StageResults;
import io.webchat.core.rooms.Room;
import io.webchat.core.rooms.RoomMember;
import io.webchat.core.rooms.RoomRole;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Proves that a room with members has at least one owner, and that a room without members is gone. */
interface RoomOwnerContract {
    @Test
    default void the_last_owner_cannot_become_a_mere_member(RoomFixture r) {
        Room room = r.create(r.den, r.alice, r.bob);

        StageResults.assertRefused(ErrorCode.CONFLICT, r.node.put(r.den, member(r.alice), MANY));
        assertThat(r.find()).contains(room);
    }

    @Test
    default void the_only_member_stays_owner(RoomFixture r) {
        Room room = r.create(r.den, r.alice);

        StageResults.assertRefused(ErrorCode.CONFLICT, r.node.put(r.den, member(r.alice), MANY));
        assertThat(r.find()).contains(room);
    }

    @Test
    default void the_last_owner_cannot_leave_others_behind(RoomFixture r) {
        Room room = r.create(r.den, r.alice, r.bob);

        StageResults.assertRefused(ErrorCode.CONFLICT, r.node.remove(r.den, r.alice));
        assertThat(r.find()).contains(room);
        assertThat(r.roomsOf(r.alice)).containsExactly(r.den);
    }

    @Test
    default void one_of_two_owners_may_leave_and_the_other_one_may_not(RoomFixture r) {
        r.create(r.den, r.alice, r.bob, r.carol);
        r.put(owner(r.bob));

        assertThat(r.remove(r.alice)).isTrue();
        StageResults.assertRefused(ErrorCode.CONFLICT, r.other.remove(r.den, r.bob));
        StageResults.assertRefused(ErrorCode.CONFLICT, r.other.put(r.den, member(r.bob), MANY));
        assertThat(r.users()).containsExactly(r.bob, r.carol);
    }

    @Test
    default void one_of_two_owners_may_become_a_mere_member_and_the_other_one_may_not(RoomFixture r) {
        r.create(r.den, r.alice, r.bob);
        r.put(owner(r.bob));

        assertThat(r.put(member(r.alice))).isTrue();
        StageResults.assertRefused(ErrorCode.CONFLICT, r.other.put(r.den, member(r.bob), MANY));
        StageResults.assertRefused(ErrorCode.CONFLICT, r.other.remove(r.den, r.bob));
        assertThat(r.remove(r.alice)).isTrue();
        assertThat(r.members()).extracting(RoomMember::role).containsExactly(RoomRole.OWNER);
    }

    @Test
    default void a_room_that_its_last_member_leaves_is_gone(RoomFixture r) {
        r.create(r.den, r.alice, r.bob);
        r.remove(r.bob);

        assertThat(r.remove(r.alice)).isTrue();
        assertThat(r.find()).isEmpty();
        assertThat(r.roomsOf(r.alice)).isEmpty();
        assertThat(r.remove(r.alice)).isFalse();
        StageResults.assertRefused(ErrorCode.NOT_FOUND, r.other.put(r.den, owner(r.alice), MANY));
    }

    @Test
    default void G12_the_id_of_a_room_that_is_gone_is_not_used_again(RoomFixture r) {
        r.create(r.den, r.alice);
        r.remove(r.alice);
        Room next = new Room(r.den, "next", true, 5, List.of(owner(r.bob), member(r.carol)));

        assertThat(StageResults.await(r.other.create(next)))
                .as("who makes it anew would read what others wrote there")
                .isFalse();
        assertThat(r.find()).isEmpty();
        StageResults.assertRefused(ErrorCode.NOT_FOUND, r.node.put(r.den, member(r.bob), 10));
        assertThat(StageResults.await(r.node.remove(r.den, r.alice))).isFalse();
        assertThat(StageResults.await(r.other.roomsOf(r.alice))).isEmpty();
    }
}
