package io.webchat.redis.internal.rooms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.support.Failures;
import io.webchat.redis.internal.client.RedisKeys;
import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.RedisServers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.util.JedisClusterCRC16;

/** The scripts of rooms use their one key, keep late changes out, leave little behind, and free memory without any. */
@ExtendWith(RedisServers.class)
final class RoomScriptsTest {
    private static final Pattern CALL = Pattern.compile("\\bcall\\('(\\w+)'(?:, ([^,)]+))?");
    private static final RoomId DEN = RoomId.of("den");

    private final RedisServer server;
    private ImmediateCommands commands;
    private RoomView view;
    private RoomChanges changes;

    RoomScriptsTest(RedisServer server) {
        this.server = server;
    }

    @BeforeEach
    void open() {
        commands = new ImmediateCommands(server.url());
        view = new RoomView(server.endpoint(), commands);
        changes = view.changes(commands);
    }

    @AfterEach
    void close() {
        server.command("CONFIG", "SET", "maxmemory", "0");
        commands.close();
    }

    private void createDen() {
        changes.create(RoomView.room(DEN, RoomView.owner(RoomView.ALICE), RoomView.member(RoomView.BOB)), null)
                .join();
    }

    private long mark(UserId user) {
        return (Long) commands.run(view.scripts.mark(user, DEN, 0));
    }

    private static ErrorCode code(Throwable failure) {
        return ((ChatException) Failures.unwrap(failure)).code();
    }

    @Test
    void scripts_use_only_their_declared_key() {
        List<MatchResult> calls = RoomScripts.ALL.stream()
                .map(each -> new String(each.source(), StandardCharsets.UTF_8))
                .flatMap(each -> CALL.matcher(each).results())
                .toList();

        assertThat(calls).hasSizeGreaterThan(15);
        assertThat(calls)
                .allSatisfy(each -> assertThat(each.group()).matches("call\\('TIME'|call\\('\\w+', KEYS\\[1\\]"));
    }

    @Test
    void a_users_list_is_in_the_slot_of_the_user() {
        RedisKeys keys = new RedisKeys("chat");

        assertThat(JedisClusterCRC16.getSlot(keys.key(RoomView.ALICE, ":rooms")))
                .isEqualTo(JedisClusterCRC16.getSlot(keys.channel(RoomView.ALICE)));
        assertThat(new String(keys.room(DEN), StandardCharsets.UTF_8)).isEqualTo("chat:{r:den}");
    }

    @Test
    void each_ticket_exceeds_the_last_one_and_the_wanted_floor() {
        long first = mark(RoomView.ALICE);
        long second = mark(RoomView.ALICE);
        long ahead = second + Duration.ofHours(1).toMillis() * 1000;
        long third = (Long) commands.run(view.scripts.mark(RoomView.ALICE, DEN, ahead));

        assertThat(second).isGreaterThan(first);
        assertThat(third).isEqualTo(ahead + 1);
        assertThat(mark(RoomView.ALICE)).isEqualTo(ahead + 2);
    }

    @Test
    void a_change_that_comes_after_a_later_one_is_refused() {
        createDen();
        long late = mark(RoomView.BOB);
        changes.remove(DEN, RoomView.BOB, null).join();

        StepReply reply =
                StepReply.of(commands.run(view.scripts.put(DEN, RoomView.member(RoomView.BOB), late, 10, null)));
        assertThat(reply.outcome()).isEqualTo(StepReply.Outcome.STALE);
        assertThat(reply.last()).isGreaterThan(late);
        view.assertListsAgreeWith(List.of(DEN), "after the late change");
    }

    @Test
    void a_creation_that_comes_after_a_members_list_was_settled_is_refused() {
        long late = mark(RoomView.ALICE);
        changes.refresh(DEN, RoomView.ALICE).join();

        CreateReply reply = CreateReply.of(commands.run(
                view.scripts.create(RoomView.room(DEN, RoomView.owner(RoomView.ALICE)), List.of(late), null)));
        assertThat(reply.outcome()).isEqualTo(StepReply.Outcome.STALE);
        view.assertListsAgreeWith(List.of(DEN), "after the late creation");
        createDen();
        assertThat(view.entries(RoomView.ALICE)).hasSize(1);
    }

    @Test
    void what_is_remembered_of_a_room_that_was_not_created_expires_and_a_room_does_not() {
        changes.remove(DEN, RoomView.BOB, null).join();
        assertThat((Long) server.command("PTTL", key())).isBetween(3_500_000L, 3_600_000L);

        createDen();
        assertThat(server.command("PTTL", key())).isEqualTo(-1L);
        changes.remove(DEN, RoomView.BOB, null).join();
        changes.remove(DEN, RoomView.ALICE, null).join();
        changes.remove(DEN, RoomView.ALICE, null).join();
        assertThat(server.command("PTTL", key())).isEqualTo(-1L);
    }

    private String key() {
        return new String(view.keys.room(DEN), StandardCharsets.UTF_8);
    }

    @Test
    void a_change_succeeds_though_the_clock_of_the_rooms_server_is_far_ahead() {
        createDen();
        long ahead = System.currentTimeMillis() * 1000 + Duration.ofHours(1).toMillis() * 1000;
        commands.run(view.scripts.remove(DEN, RoomView.DAVE, ahead, null));

        assertThat(changes.put(DEN, RoomView.member(RoomView.CAROL), 10, null).join())
                .isTrue();
        assertThat(changes.remove(DEN, RoomView.CAROL, null).join()).isTrue();
        assertThat(view.entries(RoomView.CAROL)).isEmpty();
    }

    @Test
    void a_step_that_runs_twice_answers_twice_the_same() {
        createDen();
        long joins = mark(RoomView.CAROL);
        Object joined = commands.run(view.scripts.put(DEN, RoomView.owner(RoomView.CAROL), joins, 10, null));
        assertThat(StepReply.of(joined).outcome()).isEqualTo(StepReply.Outcome.CHANGED);
        assertThat(StepReply.of(commands.run(view.scripts.put(DEN, RoomView.owner(RoomView.CAROL), joins, 10, null))))
                .satisfies(again -> assertThat(again.outcome()).isEqualTo(StepReply.Outcome.CHANGED));
        assertThat(view.fields(DEN)).containsSequence(":owners", "2");

        long leaves = mark(RoomView.CAROL);
        for (int i = 0; i < 2; i++) {
            assertThat(StepReply.of(commands.run(view.scripts.remove(DEN, RoomView.CAROL, leaves, null)))
                            .outcome())
                    .isEqualTo(StepReply.Outcome.CHANGED);
        }
        assertThat(view.fields(DEN)).containsSequence(":owners", "1");
    }

    @Test
    void a_creation_that_runs_twice_answers_twice_that_it_created_the_room() {
        var room = RoomView.room(DEN, RoomView.owner(RoomView.ALICE));
        List<Long> tickets = List.of(mark(RoomView.ALICE));

        for (int i = 0; i < 2; i++) {
            assertThat(CreateReply.of(commands.run(view.scripts.create(room, tickets, null)))
                            .outcome())
                    .isEqualTo(StepReply.Outcome.CHANGED);
        }
        assertThat(changes.create(room, null).join()).isFalse();
    }

    @Test
    void a_room_that_has_ended_leaves_only_a_sign_of_that() {
        createDen();
        changes.remove(DEN, RoomView.BOB, null).join();
        changes.remove(DEN, RoomView.ALICE, null).join();

        assertThat(view.fields(DEN)).containsExactly(":ended", "1");
        assertThat(view.entries(RoomView.ALICE)).isEmpty();
    }

    @Test
    void refused_changes_leave_nothing_in_the_list() {
        assertThatThrownBy(() -> changes.put(DEN, RoomView.member(RoomView.CAROL), 10, null)
                        .join())
                .extracting(RoomScriptsTest::code)
                .isEqualTo(ErrorCode.NOT_FOUND);
        createDen();
        assertThatThrownBy(() -> changes.put(DEN, RoomView.member(RoomView.CAROL), 2, null)
                        .join())
                .extracting(RoomScriptsTest::code)
                .isEqualTo(ErrorCode.TOO_LARGE);

        assertThat(view.entries(RoomView.CAROL)).isEmpty();
    }

    @Test
    void a_server_without_memory_refuses_additions_and_allows_removals_and_reads() {
        createDen();
        server.command("CONFIG", "SET", "maxmemory", "1");

        assertThatThrownBy(() -> changes.put(DEN, RoomView.member(RoomView.CAROL), 10, null)
                        .join())
                .isInstanceOf(CompletionException.class)
                .extracting(RoomScriptsTest::code)
                .isEqualTo(ErrorCode.QUEUE_FULL);
        view.assertListsAgreeWith(List.of(DEN), "without memory");
        assertThat(changes.remove(DEN, RoomView.BOB, null).join()).isTrue();
        assertThat(view.entries(RoomView.BOB)).isEmpty();
    }
}
