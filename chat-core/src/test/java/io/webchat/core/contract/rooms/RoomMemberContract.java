package io.webchat.core.contract.rooms;

import static io.webchat.core.contract.rooms.RoomFixture.CREATED;
import static io.webchat.core.contract.rooms.RoomFixture.MANY;
import static io.webchat.core.contract.rooms.RoomFixture.member;
import static io.webchat.core.contract.rooms.RoomFixture.owner;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ErrorCode;
import io.webchat.core.contract.StageResults;
import io.webchat.core.rooms.Membership;
import io.webchat.core.rooms.RoomMember;
import io.webchat.core.rooms.RoomRole;
import org.junit.jupiter.api.Test;

/** Proves that members are added, get their roles and are removed. */
interface RoomMemberContract {
    @Test
    default void a_member_that_is_added_is_there_on_every_node(RoomFixture r) {
        r.create(r.den, r.alice);
        RoomMember bob = new RoomMember(r.bob, RoomRole.MEMBER, CREATED + 7);

        assertThat(r.put(bob)).isTrue();
        assertThat(r.members()).containsExactly(owner(r.alice), bob);
        assertThat(r.roomsOf(r.bob)).containsExactly(r.den);
    }

    @Test
    default void adding_a_member_again_changes_nothing(RoomFixture r) {
        r.create(r.den, r.alice, r.bob);

        assertThat(r.put(new RoomMember(r.bob, RoomRole.MEMBER, CREATED + 500))).isFalse();
        assertThat(StageResults.await(r.other.put(r.den, owner(r.alice), MANY))).isFalse();
        assertThat(r.members()).containsExactly(owner(r.alice), member(r.bob));
    }

    @Test
    default void a_member_gets_another_role_and_keeps_the_time_of_joining(RoomFixture r) {
        r.create(r.den, r.alice, r.bob);

        assertThat(r.put(new RoomMember(r.bob, RoomRole.OWNER, CREATED + 500))).isTrue();
        assertThat(r.members()).containsExactly(owner(r.alice), new RoomMember(r.bob, RoomRole.OWNER, CREATED + 1));
        assertThat(StageResults.await(r.other.put(r.den, member(r.alice), MANY)))
                .isTrue();
        assertThat(r.members()).extracting(RoomMember::role).containsExactly(RoomRole.MEMBER, RoomRole.OWNER);
    }

    @Test
    default void a_reader_is_listed_as_one_and_may_be_given_any_other_role(RoomFixture r) {
        r.create(r.den, r.alice);
        RoomMember reader = new RoomMember(r.bob, RoomRole.READER, CREATED + 1);

        assertThat(r.put(reader)).isTrue();
        assertThat(r.put(reader)).isFalse();
        assertThat(r.members()).containsExactly(owner(r.alice), reader);
        assertThat(StageResults.await(r.other.roomsOf(r.bob)))
                .extracting(Membership::role)
                .containsExactly(RoomRole.READER);
        assertThat(r.put(member(r.bob))).isTrue();
        assertThat(r.put(reader)).isTrue();
        assertThat(r.put(owner(r.bob))).isTrue();
        assertThat(r.put(new RoomMember(r.alice, RoomRole.READER, CREATED))).isTrue();
        StageResults.assertRefused(ErrorCode.CONFLICT, r.node.put(r.den, reader, MANY));
        assertThat(r.remove(r.alice)).isTrue();
        assertThat(r.members()).containsExactly(new RoomMember(r.bob, RoomRole.OWNER, CREATED + 1));
    }

    @Test
    default void the_user_who_added_a_member_is_remembered(RoomFixture r) {
        r.create(r.den, r.alice);
        RoomMember bob = new RoomMember(r.bob, RoomRole.MEMBER, CREATED + 7, r.alice);
        r.put(bob);
        r.put(new RoomMember(r.bob, RoomRole.OWNER, CREATED + 8, r.carol));

        assertThat(r.members().get(1)).isEqualTo(new RoomMember(r.bob, RoomRole.OWNER, CREATED + 7, r.alice));
        assertThat(StageResults.await(r.other.roomsOf(r.bob)))
                .extracting(Membership::addedBy)
                .containsExactly(r.alice);
        assertThat(StageResults.await(r.other.roomsOf(r.alice)))
                .extracting(Membership::addedBy)
                .containsExactly(r.alice);
    }

    @Test
    default void nobody_is_added_to_a_full_room(RoomFixture r) {
        StageResults.assertRefused(ErrorCode.NOT_FOUND, r.node.put(r.den, owner(r.alice), MANY));

        assertThat(r.find()).isEmpty();
        assertThat(r.roomsOf(r.alice)).isEmpty();
    }

    @Test
    default void a_full_room_takes_nobody_else(RoomFixture r) {
        r.create(r.den, r.alice, r.bob);

        StageResults.assertRefused(ErrorCode.TOO_LARGE, r.node.put(r.den, member(r.carol), 2));
        assertThat(r.users()).containsExactly(r.alice, r.bob);
        assertThat(r.roomsOf(r.carol)).isEmpty();
        assertThat(StageResults.await(r.node.put(r.den, member(r.carol), 3))).isTrue();
    }

    @Test
    default void in_a_full_room_roles_may_change_and_members_be_put_again(RoomFixture r) {
        r.create(r.den, r.alice, r.bob, r.carol);

        assertThat(StageResults.await(r.node.put(r.den, member(r.bob), 2))).isFalse();
        assertThat(StageResults.await(r.node.put(r.den, owner(r.bob), 2))).isTrue();
    }

    @Test
    default void a_place_that_was_left_is_free_again(RoomFixture r) {
        r.create(r.den, r.alice, r.bob);
        r.remove(r.bob);

        assertThat(StageResults.await(r.other.put(r.den, member(r.carol), 2))).isTrue();
        StageResults.assertRefused(ErrorCode.TOO_LARGE, r.node.put(r.den, member(r.bob), 2));
    }

    @Test
    default void a_member_that_is_removed_is_gone_on_every_node(RoomFixture r) {
        r.create(r.den, r.alice, r.bob, r.carol);

        assertThat(r.remove(r.bob)).isTrue();
        assertThat(r.users()).containsExactly(r.alice, r.carol);
        assertThat(r.roomsOf(r.bob)).isEmpty();
    }

    @Test
    default void removing_a_non_member_changes_nothing(RoomFixture r) {
        assertThat(r.remove(r.alice)).isFalse();
        r.create(r.den, r.alice, r.bob);
        assertThat(r.remove(r.carol)).isFalse();
        assertThat(r.remove(r.bob)).isTrue();
        assertThat(r.remove(r.bob)).isFalse();

        assertThat(r.users()).containsExactly(r.alice);
    }

    @Test
    default void a_member_who_comes_back_has_joined_anew(RoomFixture r) {
        r.create(r.den, r.alice, r.bob);
        r.remove(r.bob);
        RoomMember back = new RoomMember(r.bob, RoomRole.MEMBER, CREATED + 9_000);

        assertThat(r.put(back)).isTrue();
        assertThat(r.members()).containsExactly(owner(r.alice), back);
    }

    @Test
    default void rooms_do_not_share_members(RoomFixture r) {
        r.create(r.den, r.alice, r.bob);
        r.create(r.room("attic"), r.alice, r.bob);
        r.remove(r.bob);

        assertThat(r.roomsOf(r.bob)).containsExactly(r.room("attic"));
        assertThat(r.users()).containsExactly(r.alice);
    }
}
