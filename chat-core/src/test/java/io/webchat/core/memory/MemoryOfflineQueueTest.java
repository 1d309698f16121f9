package io.webchat.core.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.contract.MovableClock;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.queue.Appended;
import io.webchat.core.spi.queue.OfflineQueue;
import io.webchat.core.spi.queue.QueueEpoch;
import io.webchat.core.spi.queue.QueueLimits;
import io.webchat.core.spi.queue.UndeliveredMessages;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Promises of the in-memory queue alone: bounds on users and resends, and that it forgets unused queues. */
final class MemoryOfflineQueueTest {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");

    private final MovableClock clock = MovableClock.running();

    private OfflineQueue queue(int maxDedupe, int maxUsers) {
        QueueLimits limits = new QueueLimits(
                100, 1 << 20, Duration.ofHours(2), Duration.ofHours(2), Duration.ofHours(2), maxDedupe, 10);
        return MemoryOfflineQueue.create(limits, maxUsers, clock);
    }

    /** Devices are forgotten before resends are. */
    private OfflineQueue forgetful() {
        QueueLimits limits =
                new QueueLimits(100, 1 << 20, Duration.ofHours(2), Duration.ofHours(1), Duration.ofHours(2), 10, 10);
        return MemoryOfflineQueue.create(limits, clock);
    }

    private static UserId user(int i) {
        return UserId.of("user" + i);
    }

    private static <T> T join(CompletionStage<T> stage) {
        assertThat(stage.toCompletableFuture()).as("complete when returned").isDone();
        return stage.toCompletableFuture().join();
    }

    private static Appended append(OfflineQueue queue, UserId user) {
        return join(queue.append(user, ChatEvent.message(ALICE, user, "hello")));
    }

    private static void assertRefused(ErrorCode code, CompletionStage<?> stage) {
        assertThatThrownBy(() -> stage.toCompletableFuture().join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        ChatException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void one_user_more_than_there_may_be_is_refused_and_the_others_go_on() {
        OfflineQueue queue = queue(10, 3);
        IntStream.range(0, 3).forEach(i -> append(queue, user(i)));

        assertRefused(ErrorCode.QUEUE_FULL, queue.append(BOB, ChatEvent.message(ALICE, BOB, "hello")));
        assertRefused(ErrorCode.QUEUE_FULL, queue.attach(BOB, DeviceId.DEFAULT, 0));
        IntStream.range(0, 3)
                .forEach(i -> assertThat(append(queue, user(i)).duplicate()).isFalse());
    }

    @Test
    void nobody_gets_a_queue_by_reading_confirming_or_restoring() {
        OfflineQueue queue = queue(10, 1);

        assertThat(join(queue.read(BOB, 0, 10)).epoch()).isEqualTo(QueueEpoch.NONE);
        assertThat(join(queue.confirm(BOB, DeviceId.DEFAULT, 0, 1))).isFalse();
        assertThat(join(queue.restore(BOB, 0, UndeliveredMessages.NONE)).present())
                .isFalse();
        assertThat(append(queue, ALICE).duplicate()).isFalse();
    }

    @Test
    void unused_queues_make_room() {
        OfflineQueue queue = queue(10, 3);
        IntStream.range(0, 3).forEach(i -> append(queue, user(i)));
        join(queue.attach(user(1), DeviceId.DEFAULT, 0));
        clock.advance(Duration.ofHours(3));

        // Each attempt looks at one queue, so that the first may still find no room.
        for (int i = 0; i < 3; i++) {
            join(queue.append(BOB, ChatEvent.message(ALICE, BOB, "hello")).exceptionally(full -> null));
        }
        assertThat(append(queue, BOB).duplicate()).isFalse();
        assertThat(append(queue, user(7)).duplicate()).isFalse();
    }

    @Test
    void a_queue_with_a_device_or_an_event_is_not_swept() {
        OfflineQueue queue = queue(10, 3);
        long generation = join(queue.attach(user(0), DeviceId.DEFAULT, 0)).generation();
        Appended waiting = append(queue, user(1));
        clock.advance(Duration.ofMinutes(100));
        IntStream.range(0, 20).forEach(i -> append(queue, user(1)));

        assertThat(join(queue.attach(user(0), DeviceId.DEFAULT, 0)).generation())
                .isGreaterThan(generation);
        assertThat(join(queue.read(user(1), 0, 100)).first()).isEqualTo(waiting.seq());
    }

    @Test
    void G2_an_empty_queue_that_may_see_a_resend_is_not_swept() {
        OfflineQueue queue = forgetful();
        ChatEvent.Message message = ChatEvent.message(ALICE, BOB, "hello");
        Appended confirmed = join(queue.append(BOB, message));
        join(queue.attach(BOB, DeviceId.DEFAULT, confirmed.seq()));
        clock.advance(Duration.ofMinutes(100));
        IntStream.range(0, 20).forEach(i -> append(queue, user(1)));

        assertThat(join(queue.append(BOB, message)).duplicate()).isTrue();
        clock.advance(Duration.ofMinutes(30));
        assertThat(join(queue.append(BOB, message)).duplicate()).isFalse();
    }

    @Test
    void resends_are_known_for_the_latest_events_up_to_the_bound() {
        OfflineQueue queue = queue(2, 10);
        ChatEvent.Message[] messages = IntStream.range(0, 3)
                .mapToObj(i -> ChatEvent.message(ALICE, BOB, MessageId.of("id" + i), "hello"))
                .toArray(ChatEvent.Message[]::new);
        for (ChatEvent.Message each : messages) {
            join(queue.append(BOB, each));
        }

        assertThat(join(queue.append(BOB, messages[2])).duplicate()).isTrue();
        assertThat(join(queue.append(BOB, messages[1])).duplicate()).isTrue();
        assertThat(join(queue.append(BOB, messages[0])).duplicate()).isFalse();
    }

    @Test
    void a_receipt_that_grew_is_remembered_from_then_on() {
        OfflineQueue queue = queue(2, 10);
        MessageId read = MessageId.of("read");
        join(queue.append(BOB, ChatEvent.delivery(ALICE, BOB, read)));
        append(queue, BOB);
        join(queue.append(BOB, ChatEvent.display(ALICE, BOB, read)));
        append(queue, BOB);

        assertThat(join(queue.append(BOB, ChatEvent.display(ALICE, BOB, read))).duplicate())
                .isTrue();
    }

    @Test
    void a_clock_that_goes_back_turns_nothing_back() {
        OfflineQueue queue = queue(10, 10);
        Appended before = append(queue, BOB);
        long generation = join(queue.attach(BOB, DeviceId.DEFAULT, 0)).generation();
        clock.advance(Duration.ofMinutes(-5));
        Appended after = append(queue, BOB);

        assertThat(after.seq()).isEqualTo(before.seq() + 1);
        assertThat(after.storedAt()).isEqualTo(before.storedAt() + 1);
        assertThat(join(queue.attach(BOB, DeviceId.DEFAULT, 0)).generation()).isGreaterThan(generation);
    }

    @Test
    void a_signal_is_not_for_a_queue() {
        assertRefused(ErrorCode.BAD_REQUEST, queue(10, 10).append(BOB, ChatEvent.typing(ALICE, BOB)));
    }

    @Test
    void limits_that_are_not_positive_are_refused() {
        Duration day = Duration.ofDays(1);
        Duration none = Duration.ZERO;
        Duration past = Duration.ofDays(-1);
        Stream.<ThrowingCallable>of(
                        () -> new QueueLimits(0, 1, day, day, day, 1, 1),
                        () -> new QueueLimits(1, 0, day, day, day, 1, 1),
                        () -> new QueueLimits(1, 1, day, day, day, 0, 1),
                        () -> new QueueLimits(1, 1, day, day, day, 1, 0),
                        () -> new QueueLimits(1, 1, none, day, day, 1, 1),
                        () -> new QueueLimits(1, 1, day, past, day, 1, 1),
                        () -> new QueueLimits(1, 1, day, day, none, 1, 1))
                .forEach(wrong -> assertThatThrownBy(wrong).isInstanceOf(IllegalArgumentException.class));
        assertThatThrownBy(() -> MemoryOfflineQueue.create(QueueLimits.DEFAULT, 0, clock))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(QueueLimits.DEFAULT.withMaxEvents(7).maxEvents()).isEqualTo(7);
    }
}
