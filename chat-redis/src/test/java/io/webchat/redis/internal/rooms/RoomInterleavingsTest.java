package io.webchat.redis.internal.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.RoomMember;
import io.webchat.core.rooms.RoomRole;
import io.webchat.core.spi.support.Failures;
import io.webchat.redis.testing.RedisServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Rooms and users' lists agree after every single command, whatever the order of the commands of many changes, and
 * whichever of them are lost, run twice or arrive late.
 */
final class RoomInterleavingsTest {
    private static final long SEED = Long.getLong("webchat.seed", System.nanoTime());
    private static final List<RoomId> ROOMS = List.of(RoomId.of("den"), RoomId.of("attic"));
    private static final List<ErrorCode> REFUSALS =
            List.of(ErrorCode.UNAVAILABLE, ErrorCode.CONFLICT, ErrorCode.TOO_LARGE, ErrorCode.NOT_FOUND);
    private static final int CALLS = 40;
    private static final int MAX_MEMBERS = 3;

    @Test
    void lists_agree_with_rooms_after_every_command() {
        run(15);
    }

    @Test
    @Tag("full")
    @Tag("model")
    void lists_agree_with_rooms_after_every_command_of_many_runs() {
        run(1_000);
    }

    private static void run(int rounds) {
        try (ImmediateCommands commands =
                new ImmediateCommands(RedisServers.shared().url())) {
            for (int round = 0; round < rounds; round++) {
                new Run(commands, SEED + round).run();
            }
        }
    }

    private static final class Run {
        private final String description;
        private final Random random;
        private final RoomView view;
        private final ShuffledCommands shuffled;
        private final RoomChanges changes;
        private final RoomQueries reader;
        private final List<CompletableFuture<?>> calls = new ArrayList<>();
        private long time = 1_000;

        Run(ImmediateCommands commands, long seed) {
            description = "seed " + seed;
            random = new Random(seed);
            view = new RoomView(RedisServers.shared(), commands);
            shuffled = new ShuffledCommands(commands, random);
            changes = view.changes(shuffled);
            // Each reader takes each change that it sees for given up, and compares all that it sees.
            reader = view.reader(shuffled, Duration.ZERO, Integer.MAX_VALUE);
        }

        void run() {
            for (int i = 0; i < CALLS; i++) {
                calls.add(call());
                int steps = random.nextInt(8);
                for (int n = 0; n < steps && shuffled.step(); n++) {
                    view.assertListsAgreeWith(ROOMS, description);
                }
            }
            finish();
            RoomView.USERS.forEach(each -> calls.add(reader.roomsOf(each)));
            finish();

            view.assertNoMarks(description);
            assertThat(calls).as(description).allSatisfy(this::assertEnded);
        }

        private void finish() {
            while (shuffled.stepWithoutFault()) {
                view.assertListsAgreeWith(ROOMS, description);
            }
        }

        private CompletableFuture<?> call() {
            RoomId room = ROOMS.get(random.nextInt(ROOMS.size()));
            UserId user = user();
            return switch (random.nextInt(8)) {
                case 0, 1 ->
                    changes.create(
                            RoomView.room(
                                    room,
                                    new RoomMember(RoomView.ALICE, RoomRole.OWNER, time++),
                                    new RoomMember(RoomView.BOB, RoomRole.MEMBER, time++)),
                            null);
                case 2, 3, 4 -> {
                    RoomRole role = random.nextInt(3) == 0 ? RoomRole.OWNER : RoomRole.MEMBER;
                    yield changes.put(room, new RoomMember(user, role, time++, user()), MAX_MEMBERS, null);
                }
                case 5 -> random.nextBoolean() ? reader.roomsOf(user) : reader.load(room);
                default -> changes.remove(room, user, null);
            };
        }

        private UserId user() {
            return RoomView.USERS.get(random.nextInt(RoomView.USERS.size()));
        }

        private void assertEnded(CompletableFuture<?> call) {
            assertThat(call).isDone();
            if (call.isCompletedExceptionally()) {
                Throwable failure =
                        call.handle((done, thrown) -> Failures.unwrap(thrown)).join();
                assertThat(failure).isInstanceOf(ChatException.class);
                assertThat(((ChatException) failure).code()).isIn(REFUSALS);
            }
        }
    }
}
