package io.webchat.core.contract.rooms;

import static io.webchat.core.contract.rooms.RoomFixture.member;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ErrorCode;
import io.webchat.core.contract.ConcurrentCalls;
import io.webchat.core.contract.StageResults;
import io.webchat.core.events.Json;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.Membership;
import io.webchat.core.rooms.Room;
import io.webchat.core.rooms.RoomDetails;
import io.webchat.core.rooms.RoomRole;
import io.webchat.core.rooms.RoomUpdate;
import io.webchat.core.spi.rooms.RoomDetailsStore;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Proves that a store which can update rooms shows the new details everywhere. */
interface RoomUpdateContract {
    String PICTURE = "https://example.com/den.png?size=large#top";
    Json DATA = Json.parse("{ \"topic\": \"Größe 😀\\n\", \"pinned\": [1, null, {}] }");

    private static boolean update(RoomFixture r, RoomUpdate update) {
        return StageResults.await(start(r, update));
    }

    private static CompletionStage<Boolean> start(RoomFixture r, RoomUpdate update) {
        return ((RoomDetailsStore) r.node).update(r.den, update, null);
    }

    private static RoomUpdate named(String name) {
        return RoomUpdate.NONE.withName(name);
    }

    private static Membership listed(RoomFixture r, UserId user) {
        return StageResults.await(r.other.roomsOf(user)).stream()
                .filter(each -> each.room().equals(r.den))
                .findFirst()
                .orElseThrow();
    }

    @Test
    default void the_new_name_and_picture_are_in_the_room_and_in_each_members_list(RoomFixture r) {
        Room before = r.create(r.den, r.alice, r.bob);

        assertThat(update(r, named("Größe 😀").withPicture(PICTURE))).isTrue();

        RoomDetails after = before.details().with(named("Größe 😀").withPicture(PICTURE));
        assertThat(r.find()).contains(before.with(after));
        assertThat(listed(r, r.alice)).isEqualTo(Membership.of(before.with(after), RoomFixture.owner(r.alice)));
        assertThat(listed(r, r.bob)).isEqualTo(Membership.of(before.with(after), member(r.bob)));
    }

    @Test
    default void data_and_join_role_come_back_as_they_were_given(RoomFixture r) {
        Room before = r.create(r.den, r.alice);

        assertThat(update(r, RoomUpdate.NONE.withData(DATA).withJoinRole(RoomRole.READER)))
                .isTrue();
        assertThat(r.find()).contains(before.with(new RoomDetails(before.name(), "", DATA, RoomRole.READER)));
    }

    @Test
    default void an_update_leaves_the_details_that_it_does_not_name(RoomFixture r) {
        Room before = r.create(r.den, r.alice);
        update(r, named("new").withPicture(PICTURE).withData(DATA));
        update(r, RoomUpdate.NONE.withJoinRole(RoomRole.READER));
        update(r, RoomUpdate.NONE.withPicture(""));

        assertThat(r.find()).contains(before.with(new RoomDetails("new", "", DATA, RoomRole.READER)));
        assertThat(listed(r, r.alice).picture()).isEmpty();
    }

    @Test
    default void the_same_update_again_changes_nothing(RoomFixture r) {
        r.create(r.den, r.alice);
        RoomUpdate update = named("new").withPicture(PICTURE).withData(DATA).withJoinRole(RoomRole.READER);

        assertThat(update(r, update)).isTrue();
        assertThat(update(r, update)).isFalse();
        assertThat(StageResults.await(((RoomDetailsStore) r.other).update(r.den, update, null)))
                .isFalse();
    }

    @Test
    default void a_member_who_comes_later_gets_the_new_name_and_nothing_else_changes(RoomFixture r) {
        r.create(r.den, r.alice);
        update(r, named("new"));
        update(r, named("newer").withPicture(PICTURE));
        r.put(member(r.bob));

        assertThat(listed(r, r.bob).name()).isEqualTo("newer");
        assertThat(listed(r, r.bob).picture()).isEqualTo(PICTURE);
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

        update(r, named("large"));

        assertThat(users).allSatisfy(each -> assertThat(listed(r, each).name()).isEqualTo("large"));
    }

    @Test
    default void one_of_the_same_updates_made_at_once_has_an_effect(RoomFixture r) {
        r.create(r.den, r.alice);

        assertThat(ConcurrentCalls.run(4, i -> update(r, named("new")))).containsOnlyOnce(true);
        assertThat(listed(r, r.alice).name()).isEqualTo("new");
    }

    @Test
    default void a_room_that_does_not_exist_cannot_be_updated(RoomFixture r) {
        StageResults.assertRefused(ErrorCode.NOT_FOUND, start(r, named("name")));
        assertThat(r.find()).isEmpty();

        r.create(r.den, r.alice);
        r.remove(r.alice);

        StageResults.assertRefused(ErrorCode.NOT_FOUND, start(r, named("name")));
        assertThat(r.find()).isEmpty();
    }
}
