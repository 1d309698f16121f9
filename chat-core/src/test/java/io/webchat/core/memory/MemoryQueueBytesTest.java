package io.webchat.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.queue.Appended;
import io.webchat.core.spi.queue.AttachedDevice;
import io.webchat.core.spi.queue.QueueLimits;
import io.webchat.core.spi.queue.RestoreOutcome;
import io.webchat.core.spi.queue.UndeliveredMessages;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The queues in memory are bounded in bytes together, and messages that wait are never given up for others. */
final class MemoryQueueBytesTest {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");
    private static final int BYTES = 20_000;

    private final MemoryOfflineQueue queues =
            MemoryOfflineQueue.create(QueueLimits.DEFAULT, 1_000, Clock.systemUTC(), BYTES, BYTES);

    private CompletableFuture<Appended> append(UserId to) {
        return queues.append(to, ChatEvent.message(ALICE, to, "x".repeat(500))).toCompletableFuture();
    }

    private int fill(UserId user) {
        int taken = 0;
        while (!append(user).isCompletedExceptionally()) {
            taken++;
            assertThat(taken).isLessThan(BYTES);
        }
        return taken;
    }

    @Test
    void beyond_the_bound_an_append_for_anybody_is_refused_and_what_waits_stays() {
        int taken = fill(BOB);

        assertThat(append(UserId.of("carol")))
                .failsWithin(1, TimeUnit.SECONDS)
                .withThrowableThat()
                .havingCause()
                .isInstanceOfSatisfying(
                        ChatException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.QUEUE_FULL));
        assertThat(taken).isGreaterThan(10);
        assertThat(queues.read(BOB, 0, 1_000).toCompletableFuture().join().events())
                .hasSize(taken);
    }

    private static CompletableFuture<Appended> append(MemoryOfflineQueue to, String from, String user) {
        return to.append(UserId.of(user), ChatEvent.message(UserId.of(from), UserId.of(user), "x".repeat(500)))
                .toCompletableFuture();
    }

    @Test
    void G13_one_author_takes_an_eighth_and_the_others_the_rest() {
        MemoryOfflineQueue shared = MemoryOfflineQueue.create(QueueLimits.DEFAULT, 1_000, Clock.systemUTC(), 400_000);
        int taken = 0;
        while (!append(shared, "mallory", "m" + taken % 20).isCompletedExceptionally()) {
            taken++;
        }

        assertThat(taken).as("events of about 1 256 bytes in 50 000").isBetween(38, 42);
        assertThat(append(shared, "mallory", "ben"))
                .failsWithin(1, TimeUnit.SECONDS)
                .withThrowableThat()
                .havingCause()
                .withMessageContaining("50000 bytes of events from mallory");
        assertThat(append(shared, "ann", "ben")).isCompleted();
        assertThat(append(shared, "ann", "m1")).isCompleted();
        assertThat(shared.attach(UserId.of("new"), DeviceId.of("d"), 0)).isCompleted();
        assertThat(shared.append(ALICE, ChatEvent.delivery(UserId.of("mallory"), ALICE, MessageId.of("m"))))
                .as("receipts")
                .isCompleted();

        // Two of its events go, and two lose their texts.
        shared.clear(UserId.of("m1")).toCompletableFuture().join();
        shared.erase(UserId.of("m2"), UserId.of("mallory"))
                .toCompletableFuture()
                .join();
        assertThat(append(shared, "mallory", "ben")).isCompleted();
        assertThat(append(shared, "mallory", "ben")).isCompleted();
        assertThat(append(shared, "mallory", "ben")).isCompleted();
        assertThat(append(shared, "mallory", "ben")).isCompletedExceptionally();
        ChatEvent.Message sent = ChatEvent.message(UserId.of("mallory"), ALICE, MessageId.of("m"), "text");
        assertThat(shared.append(
                        ALICE, Amendment.by(UserId.of("mallory")).of(sent).delete()))
                .as("deletions")
                .isCompleted();
    }

    @Test
    void what_is_taken_out_makes_space_again() {
        fill(BOB);
        queues.clear(BOB).toCompletableFuture().join();

        assertThat(append(UserId.of("carol"))).isCompleted();
    }

    @Test
    void the_memory_of_resends_gives_way_to_messages() {
        for (int i = 0; i < 1_000; i++) {
            UserId user = UserId.of("u" + i % 50);
            assertThat(append(user)).as("message %s", i).isCompleted();
            queues.clear(user).toCompletableFuture().join();
        }
    }

    @Test
    void resends_give_way_while_many_threads_append() {
        List<CompletableFuture<Void>> all = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.runAsync(() -> appendAndTake(UserId.of("u" + i))))
                .toList();

        assertThat(all).allSatisfy(each -> assertThat(each).succeedsWithin(1, TimeUnit.MINUTES));
    }

    private void appendAndTake(UserId user) {
        AttachedDevice device =
                queues.attach(user, DeviceId.of("d"), 0).toCompletableFuture().join();
        long epoch = device.epoch().number();
        assertThat(queues.restore(user, epoch, UndeliveredMessages.NONE))
                .isCompletedWithValue(RestoreOutcome.linked(0));
        for (int i = 0; i < 2_000; i++) {
            Appended appended = append(user).join();
            assertThat(queues.confirm(user, DeviceId.of("d"), epoch, appended.seq()))
                    .isCompletedWithValue(true);
        }
    }
}
