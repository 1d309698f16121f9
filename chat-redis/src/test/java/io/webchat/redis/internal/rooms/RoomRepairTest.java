package io.webchat.redis.internal.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.redis.testing.RedisServers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Readers repair the contradictions that a master leaves when it loses its last writes and another one does not. */
final class RoomRepairTest {
    private static final RoomId DEN = RoomId.of("den");

    private final ImmediateCommands commands =
            new ImmediateCommands(RedisServers.shared().url());
    private final RoomView view = new RoomView(RedisServers.shared(), commands);
    private final RoomChanges changes = view.changes(commands);
    private final RoomQueries reader = view.reader(commands, Duration.ofDays(1), 2);

    @BeforeEach
    void create() {
        changes.create(RoomView.room(DEN, RoomView.owner(RoomView.ALICE), RoomView.member(RoomView.BOB)), null)
                .join();
    }

    @AfterEach
    void close() {
        commands.close();
    }

    private String list() {
        return new String(view.keys.key(RoomView.BOB, ":rooms"), StandardCharsets.UTF_8);
    }

    private String room() {
        return new String(view.keys.room(DEN), StandardCharsets.UTF_8);
    }

    @Test
    void a_room_missing_in_a_list_is_there_after_somebody_read_the_room() {
        RedisServers.shared().command("DEL", list());

        reader.load(DEN).join();
        view.assertListsAgreeWith(List.of(DEN), "after a read of the room");
        assertThat(view.entries(RoomView.BOB)).hasSize(1);
    }

    @Test
    void a_room_that_lost_the_member_leaves_the_list_after_it_was_read() {
        RedisServers.shared().command("HDEL", room(), "bob");

        assertThat(reader.roomsOf(RoomView.BOB).join()).hasSize(1);
        assertThat(reader.roomsOf(RoomView.BOB).join()).isEmpty();
        assertThat(view.entries(RoomView.BOB)).isEmpty();
    }

    @Test
    void a_lost_room_leaves_the_list_after_it_was_read() {
        RedisServers.shared().command("DEL", room());

        reader.roomsOf(RoomView.BOB).join();
        assertThat(reader.roomsOf(RoomView.BOB).join()).isEmpty();
    }

    @Test
    void an_older_role_in_a_list_is_corrected_from_either_side() {
        String older = view.entries(RoomView.BOB).get(0);
        changes.put(DEN, RoomView.owner(RoomView.BOB), 10, null).join();

        RedisServers.shared().command("HSET", list(), DEN.value(), older);
        reader.load(DEN).join();
        view.assertListsAgreeWith(List.of(DEN), "after a read of the room");
        RedisServers.shared().command("HSET", list(), DEN.value(), older);
        reader.roomsOf(RoomView.BOB).join();
        view.assertListsAgreeWith(List.of(DEN), "after a read of the list");
    }

    @Test
    void a_change_that_is_under_way_is_left_alone() {
        long ticket = (Long) commands.run(view.scripts.mark(RoomView.BOB, DEN, 0));
        reader.load(DEN).join();
        reader.roomsOf(RoomView.BOB).join();

        assertThat(view.entries(RoomView.BOB)).containsExactly(Long.toString(ticket));
    }

    @Test
    void a_large_room_is_repaired_by_several_reads() {
        for (int i = 0; i < 20; i++) {
            changes.put(DEN, RoomView.member(UserId.of("user" + i)), 100, null).join();
        }
        RedisServers.shared().command("DEL", list());

        for (int i = 0; view.entries(RoomView.BOB).isEmpty(); i++) {
            assertThat(i).as("reads of the room").isLessThan(2_000);
            reader.load(DEN).join();
        }
        view.assertListsAgreeWith(List.of(DEN), "after some reads");
    }
}
