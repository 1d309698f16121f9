package io.webchat.core.contract.rooms;

import static io.webchat.core.contract.rooms.RoomFixture.MANY;
import static io.webchat.core.contract.rooms.RoomFixture.member;
import static io.webchat.core.contract.rooms.RoomFixture.owner;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ErrorCode;
import io.webchat.core.contract.ConcurrentCalls;
import io.webchat.core.contract.StageResults;
import io.webchat.core.rooms.Room;
import io.webchat.core.rooms.RoomUpdate;
import io.webchat.core.spi.rooms.RoomDetailsStore;
import io.webchat.core.spi.rooms.RoomNote;
import io.webchat.core.spi.rooms.RoomSnapshot;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Proves that a note is stored with its change, if that changes anything, and stays until it is removed. */
interface RoomNoteContract {
    private static RoomNote note(String id) {
        return new RoomNote(id, "{\"id\":\"" + id + "\",\"text\":\"Größe 😀 \\\\ %1 %s\"}");
    }

    private static List<RoomNote> notes(RoomFixture r) {
        return StageResults.await(r.other.load(r.den)).map(RoomSnapshot::notes).orElse(List.of());
    }

    private static Room create(RoomFixture r) {
        Room room = new Room(r.den, "den", false, 5, List.of(owner(r.alice)));
        StageResults.await(r.node.create(room, note("created")));
        return room;
    }

    @Test
    default void each_change_leaves_its_note_in_the_room(RoomFixture r) {
        create(r);
        StageResults.await(r.node.put(r.den, member(r.bob), MANY, note("joined")));
        StageResults.await(
                ((RoomDetailsStore) r.other).update(r.den, RoomUpdate.NONE.withName("new"), note("renamed")));
        StageResults.await(r.other.remove(r.den, r.bob, note("left")));

        assertThat(notes(r)).containsExactlyInAnyOrder(note("created"), note("joined"), note("renamed"), note("left"));
        assertThat(r.users()).containsExactly(r.alice);
    }

    @Test
    default void a_call_that_changes_nothing_leaves_no_note(RoomFixture r) {
        Room room = create(r);
        StageResults.await(r.node.removeNote(r.den, "created"));

        StageResults.await(r.node.create(room, note("again")));
        StageResults.await(r.node.put(r.den, owner(r.alice), MANY, note("same")));
        StageResults.await(r.node.remove(r.den, r.bob, note("nobody")));
        StageResults.await(((RoomDetailsStore) r.node).update(r.den, RoomUpdate.NONE.withName("den"), note("same")));
        StageResults.assertRefused(ErrorCode.TOO_LARGE, r.node.put(r.den, member(r.bob), 1, note("full")));
        StageResults.assertRefused(ErrorCode.CONFLICT, r.node.put(r.den, member(r.alice), MANY, note("owner")));

        assertThat(notes(r)).isEmpty();
    }

    @Test
    default void only_the_named_note_is_removed_and_only_once(RoomFixture r) {
        create(r);
        StageResults.await(r.node.put(r.den, member(r.bob), MANY, note("b")));
        StageResults.await(r.node.put(r.den, member(r.carol), MANY, note("bc")));

        StageResults.await(r.other.removeNote(r.den, "b"));
        StageResults.await(r.node.removeNote(r.den, "b"));
        StageResults.await(r.node.removeNote(r.den, "unknown"));
        assertThat(notes(r)).containsExactlyInAnyOrder(note("created"), note("bc"));

        StageResults.await(r.node.removeNote(r.den, "created"));
        StageResults.await(r.node.removeNote(r.den, "bc"));
        assertThat(notes(r)).isEmpty();
        assertThat(r.users()).containsExactly(r.alice, r.bob, r.carol);
    }

    @Test
    default void notes_do_not_count_as_members(RoomFixture r) {
        create(r);
        StageResults.await(r.node.put(r.den, member(r.bob), 2, note("b")));

        StageResults.assertRefused(ErrorCode.TOO_LARGE, r.node.put(r.den, member(r.carol), 2));
        assertThat(StageResults.await(r.node.put(r.den, member(r.carol), 3))).isTrue();
    }

    @Test
    default void a_room_that_has_ended_has_no_notes(RoomFixture r) {
        create(r);
        StageResults.await(r.node.remove(r.den, r.alice, note("left")));
        StageResults.await(r.node.removeNote(r.den, "left"));

        assertThat(StageResults.await(r.other.load(r.den))).isEmpty();
    }

    @Test
    default void of_the_same_changes_made_at_once_one_leaves_its_note(RoomFixture r) {
        create(r);
        ConcurrentCalls.run(4, i -> StageResults.await(r.node(i).put(r.den, member(r.bob), MANY, note("bob" + i))));

        assertThat(notes(r)).hasSize(2);
    }
}
