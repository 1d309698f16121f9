package io.webchat.core.contract.rooms;

import static io.webchat.core.contract.rooms.RoomFixture.member;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.Membership;
import io.webchat.core.Room;
import io.webchat.core.UserId;
import io.webchat.core.contract.StageResults;
import io.webchat.core.spi.RoomRenaming;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Proves that a store which can rename rooms shows the new name everywhere. */
interface RoomRenamingContract {
    private static boolean rename(RoomFixture r, String name) {
        return StageResults.await(((RoomRenaming) r.node).rename(r.den, name));
    }

    private static String listed(RoomFixture r, UserId user) {
        return StageResults.await(r.other.roomsOf(user)).stream()
                .filter(each -> each.room().equals(r.den))
                .map(Membership::name)
                .findFirst()
                .orElseThrow();
    }

    @Test
    default void the_new_name_is_in_the_room_and_in_each_members_list(RoomFixture r) {
        Room before = r.create(r.den, r.alice, r.bob);

        assertThat(rename(r, "Größe 😀")).isTrue();

        assertThat(r.find().orElseThrow())
                .isEqualTo(new Room(before.id(), "Größe 😀", before.open(), before.createdAt(), before.members()));
        assertThat(listed(r, r.alice)).isEqualTo("Größe 😀");
        assertThat(listed(r, r.bob)).isEqualTo("Größe 😀");
    }

    @Test
    default void a_member_who_comes_later_gets_the_new_name_and_nothing_else_changes(RoomFixture r) {
        r.create(r.den, r.alice);
        rename(r, "new");
        rename(r, "newer");
        r.put(member(r.bob));

        assertThat(listed(r, r.bob)).isEqualTo("newer");
        assertThat(r.users()).containsExactlyInAnyOrder(r.alice, r.bob);
        assertThat(r.remove(r.bob)).isTrue();
        assertThat(r.roomsOf(r.bob)).isEmpty();
    }

    @Test
    default void many_members_see_the_new_name(RoomFixture r) {
        r.create(r.den, r.alice);
        var users =
                IntStream.range(0, 70).mapToObj(i -> UserId.of(r.bob + "-" + i)).toList();
        users.forEach(each -> r.put(member(each)));

        rename(r, "large");

        assertThat(users).allSatisfy(each -> assertThat(listed(r, each)).isEqualTo("large"));
    }

    @Test
    default void a_room_that_does_not_exist_cannot_be_renamed(RoomFixture r) {
        assertThat(rename(r, "name")).isFalse();
        assertThat(r.find()).isEmpty();

        r.create(r.den, r.alice);
        r.remove(r.alice);

        assertThat(rename(r, "name")).isFalse();
        assertThat(r.find()).isEmpty();
    }
}
