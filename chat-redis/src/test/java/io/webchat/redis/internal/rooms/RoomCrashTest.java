package io.webchat.redis.internal.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.ids.RoomId;
import io.webchat.redis.internal.client.CommandClient;
import io.webchat.redis.internal.client.RedisCommand;
import io.webchat.redis.testing.RedisServers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A node that dies between two steps of a change leaves no contradiction, and a repetition ends the change. */
final class RoomCrashTest {
    private static final RoomId DEN = RoomId.of("den");
    private static final int MORE_THAN_ANY_CHANGE_SENDS = 8;

    private final ImmediateCommands commands =
            new ImmediateCommands(RedisServers.shared().url());

    private enum Change {
        CREATE,
        JOIN,
        PROMOTE,
        LEAVE,
        END;

        CompletableFuture<Boolean> by(RoomChanges changes) {
            return switch (this) {
                case CREATE ->
                    changes.create(
                            RoomView.room(DEN, RoomView.owner(RoomView.ALICE), RoomView.member(RoomView.BOB)), null);
                case JOIN -> changes.put(DEN, RoomView.member(RoomView.CAROL), 10, null);
                case PROMOTE -> changes.put(DEN, RoomView.owner(RoomView.BOB), 10, null);
                case LEAVE -> changes.remove(DEN, RoomView.BOB, null);
                case END -> changes.remove(DEN, RoomView.ALICE, null);
            };
        }

        void prepare(RoomChanges changes) {
            if (this != CREATE) {
                CREATE.by(changes).join();
            }
            if (this == END) {
                LEAVE.by(changes).join();
            }
        }
    }

    @AfterEach
    void close() {
        commands.close();
    }

    @ParameterizedTest
    @EnumSource(Change.class)
    void lists_agree_with_the_room_wherever_the_node_dies(Change change) {
        boolean completed = false;
        for (int sent = 0; sent < MORE_THAN_ANY_CHANGE_SENDS; sent++) {
            completed = dies(change, new DyingCommands(commands, sent, false));
            completed &= dies(change, new DyingCommands(commands, sent, true));
        }
        assertThat(completed).as("the last node lived long enough").isTrue();
    }

    /** Returns whether the change succeeded before the node died. */
    private boolean dies(Change change, DyingCommands dying) {
        RoomView view = new RoomView(RedisServers.shared(), commands);
        RoomChanges healthy = view.changes(commands);
        change.prepare(healthy);
        boolean succeeded = change.by(view.changes(dying))
                .handle((done, failure) -> failure == null && done)
                .join();
        view.assertListsAgreeWith(List.of(DEN), dying.toString());

        boolean repeated = change.by(healthy).join();
        view.assertListsAgreeWith(List.of(DEN), dying + ", repeated");
        assertThat(view.entries(RoomView.BOB).isEmpty())
                .as(dying + ", repeated")
                .isEqualTo(change == Change.LEAVE || change == Change.END);
        assertThat(succeeded && repeated)
                .as("two calls made the change, %s", dying)
                .isFalse();
        view.assertNoMarks(dying + ", repeated");
        return succeeded;
    }

    @ParameterizedTest
    @EnumSource(Change.class)
    void a_later_reader_ends_what_a_dead_node_began(Change change) {
        for (int sent = 1; sent < MORE_THAN_ANY_CHANGE_SENDS; sent++) {
            RoomView view = new RoomView(RedisServers.shared(), commands);
            change.prepare(view.changes(commands));
            DyingCommands dying = new DyingCommands(commands, sent, true);
            change.by(view.changes(dying)).handle((done, failure) -> done).join();

            RoomQueries later = view.reader(commands, Duration.ZERO, 0);
            RoomView.USERS.forEach(each -> later.roomsOf(each).join());
            view.assertNoMarks(dying.toString());
            view.assertListsAgreeWith(List.of(DEN), dying.toString());
        }
    }

    /** A node that dies after some commands. The next one may still reach the server; its reply does not come back. */
    private static final class DyingCommands implements CommandClient {
        private final ImmediateCommands server;
        private final int lifetime;
        private final boolean lastArrives;
        private int sent;

        DyingCommands(ImmediateCommands server, int lifetime, boolean lastArrives) {
            this.server = server;
            this.lifetime = lifetime;
            this.lastArrives = lastArrives;
        }

        @Override
        public CompletableFuture<Object> send(RedisCommand command) {
            sent++;
            if (sent <= lifetime) {
                return server.send(command);
            }
            if (sent == lifetime + 1 && lastArrives) {
                server.run(command);
            }
            return CompletableFuture.failedFuture(new ChatException(ErrorCode.UNAVAILABLE, "the node is dead"));
        }

        @Override
        public void close() {
            sent = lifetime;
        }

        @Override
        public String toString() {
            return "a node that dies after " + lifetime + " commands" + (lastArrives ? ", one of them unanswered" : "");
        }
    }
}
